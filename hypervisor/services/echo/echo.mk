# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# The smallest service: build/hypervisor/echo.bin. A pattern for new ones, and what tests the library
# without the switchboard.

$(eval $(call service,echo,$(SERVICES)/echo/echo.c))

TESTS += tests/system/service-echo@120 tests/system/small-vms@200
TESTS_NEED += $(B)/hypervisor/echo.bin
