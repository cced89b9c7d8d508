"""The few filters templates may use without loading."""

from django import template

register = template.Library()
