# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# What "make check" runs. Any folder's .mk file may add to these lists:
#
#   UNIT += NAME                   a CUnit program, tests/unit/test_NAME.c
#   NAME_SRC := FILE.c...          the sources that it tests, from the top folder
#   NAME_CFLAGS := -I...           more flags; -I. and hypervisor/include are always there
#   NAME_PKG := glib-2.0...        pkg-config modules
#   TESTS += PATH[@SECONDS]        an executable, in the tree or built; see tests/run
#   TESTS_NEED += TARGET           what must be built before TESTS

# Checks of the sources
TESTS += tests/tree/layout tests/tree/licences
