"""Pages of the document library (``library``), the inbox (``arrivals``), and the door resumable uploads come through (``tus``)."""

from pamong.evidence.views.library import detail_context, file_url, serve

__all__ = ["detail_context", "file_url", "serve"]
