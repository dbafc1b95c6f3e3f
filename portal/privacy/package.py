"""Everything of a person as one ZIP, made in memory: each list twice, to read in a table and to carry on."""

import io
import zipfile

from django.utils.translation import gettext

from accounts.people.models import User
from foundation.spreadsheets import as_csv, as_json, file_stem
from portal.privacy import parts


def package_of(user: User) -> bytes:
    """Return the ZIP; empty lists are left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        first = file_stem(gettext("read me"))
        archive.writestr(f"{first}.txt", _read_me())
        for name, rows in parts.export_of(user).items():
            if rows:
                stem = file_stem(name)
                archive.writestr(f"{stem}.csv", as_csv(rows))
                archive.writestr(f"{stem}.json", as_json(rows))
    return file.getvalue()


def _read_me() -> str:
    lines = [
        gettext("Here is all that this site holds about you."),
        gettext(
            "The .csv files open in a spreadsheet. The .json files serve to carry your data to another site."
        ),
        gettext("Passwords and passkeys are not in it: nobody can read them."),
    ]
    return "\r\n".join(lines) + "\r\n"
