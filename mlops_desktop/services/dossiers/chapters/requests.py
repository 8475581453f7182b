"""Requests of audits and supervisors: question, answer, documents, and when they went out."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 80
build = items_chapter("request")
