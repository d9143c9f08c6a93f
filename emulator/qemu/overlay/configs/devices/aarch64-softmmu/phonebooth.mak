# SPDX-License-Identifier: GPL-2.0-or-later
# The one machine of this build; hw/phonebooth/Kconfig selects its parts.
CONFIG_PHONEBOOTH=y
