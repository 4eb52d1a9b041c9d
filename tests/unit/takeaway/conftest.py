from __future__ import annotations

from collections.abc import Iterator

import pytest

from consult.takeaway.compose import compose
from consult.takeaway.page import render_html
from consult.takeaway.pdf import Limits, Renderer
from consult.takeaway.source import TakeawayInput
from tests.unit.takeaway.cases import source


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(Limits(wall_seconds=60))
    yield renderer
    renderer.close()


@pytest.fixture(scope="session")
def reviewed() -> TakeawayInput:
    return source(12)


@pytest.fixture(scope="session")
def reviewed_pdf(renderer: Renderer, reviewed: TakeawayInput) -> bytes:
    return renderer.render(render_html(compose(reviewed)))
