"""Labels people may still have in their workbooks: every one that was ever written is read as its column."""

import pytest

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS

# What earlier versions wrote where today's writes another label; add a line when a label changes.
FORMER = [
    (FORMS["customers"], "email", "電子郵箱"),
    (SETTINGS_FORMS["roster"], "email", "電子郵箱"),
    (SETTINGS_FORMS["mail"], "email", "電子郵箱"),
    (SETTINGS_FORMS["segments"], "cadence_days", "聯繫間隔（工作日）"),
    (SETTINGS_FORMS["indicators"], "label", "名稱"),
    (SETTINGS_FORMS["indicators"], "label", "Label"),
    (SETTINGS_FORMS["segments"], "name", "名稱"),
    (SETTINGS_FORMS["tiers"], "name", "Name"),
]


@pytest.mark.parametrize(("form", "column", "label"), FORMER, ids=lambda one: getattr(one, "code", one))
def test_a_former_label_names_its_column_and_is_written_no_more(form: Form, column: str, label: str) -> None:
    assert form.by_label[fold(label)] == column
    assert label not in form.column[column].label.all()


@pytest.mark.parametrize("form", [*FORMS.values(), *SETTINGS_FORMS.values()], ids=lambda form: form.code)
def test_no_name_means_two_columns_of_a_form(form: Form) -> None:
    names = [name for column in form.columns for name in {fold(one) for one in column.names}]
    assert len(names) == len(set(names))
