"""What the guides tell their readers to write and run, taken from the guides themselves."""

import re

from server import ROOT


def blocks(guide, kind):
    """The fenced blocks of that kind, in order."""
    text = (ROOT / "docs" / "guides" / guide).read_text()
    return [block for name, block in re.findall(r"```(\w+)\n(.*?)```", text, flags=re.DOTALL) if name == kind]
