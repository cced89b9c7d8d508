"""Is the input well formed. Nothing here writes."""

from pamong.innovations.forms.capture import CaptureForm
from pamong.innovations.forms.filters import FilterForm
from pamong.innovations.forms.importing import ColumnsForm, UploadForm
from pamong.innovations.forms.profile import ProfileForm
from pamong.innovations.forms.steps import AttachmentForm, StepForm

__all__ = ["AttachmentForm", "CaptureForm", "ColumnsForm", "FilterForm", "ProfileForm", "StepForm", "UploadForm"]
