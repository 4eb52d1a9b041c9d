"""What a site sends to other systems and takes from them: gathers what an exchange is made of."""

from __future__ import annotations

from typing import Any

from consult import __version__
from consult.api.parts import stamp
from consult.app import Core, vocabulary
from consult.domain.consult import Consult
from consult.fhir.documents import Kind, export
from consult.fhir.source import Author, ExportInput, signed_version

Json = dict[str, Any]


async def export_consult(core: Core, consult: Consult, kind: Kind, draft: bool) -> Json:
    """The bundle of a consult. Raises Refused where it is not signed and no draft was asked for."""
    site = core.settings
    me = await core.pharmacist(consult.pharmacist_id)
    version = signed_version(consult) or (consult.takeaway() if draft else None)
    letters = {
        one.id: pdf
        for one in consult.letters.values()
        if one.sha256 and (pdf := await core.documents.get(one.sha256)) is not None
    }
    source = ExportInput(
        consult=consult,
        author=Author(consult.pharmacist_id, me.name, me.title),
        at=stamp(core.clock()),
        organization=site.site_name,
        phone=site.help_phone,
        plan_name=site.plan_name,
        script=await core.shelf.script(consult.script_id, consult.script_version),
        pdf=await core.documents.get(version.sha256) if version is not None else None,
        letters=letters,
        software=__version__,
        rxcui_of=vocabulary().rxcui,
    )
    return export(source, kind, draft=draft)
