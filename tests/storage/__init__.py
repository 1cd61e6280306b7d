"""The stores. The contract is no test file of its own, so pytest must be told to explain its assertions."""

import pytest

pytest.register_assert_rewrite("tests.storage.contract")
