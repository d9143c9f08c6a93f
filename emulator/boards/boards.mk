# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# What is made of the boards' descriptions: build/boards/NAME.dtb for pack and for native boots, and
# boards.h for the machine model and the emulator.

BOARDS := $(patsubst emulator/boards/%/board.ini,%,$(wildcard emulator/boards/*/board.ini))
BOARDS_OUT := $(B)/boards
BOARDS_HEADERS := emulator/boards/board.h $(BOARDS_OUT)/boards.h
BOARD_TREES := $(BOARDS:%=$(BOARDS_OUT)/%.dtb)

$(BOARDS_OUT)/boards.stamp: emulator/boards/generate $(wildcard emulator/boards/*/board.ini)
	emulator/boards/generate $(BOARDS_OUT)
	@touch $@
$(BOARDS_OUT)/boards.h $(BOARDS:%=$(BOARDS_OUT)/%.dts): $(BOARDS_OUT)/boards.stamp ;

$(BOARDS_OUT)/%.dtb: $(BOARDS_OUT)/%.dts
	dtc -q -O dtb -o $@.new $< && mv $@.new $@

.PHONY: boards
boards: $(BOARDS_HEADERS) $(BOARD_TREES)

TESTS += tests/tree/boards
