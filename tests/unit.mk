# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Rules for the lists of tests.mk. Each unit test is built twice: as it is, and with sanitizers.

UNIT_FLAGS := $(filter-out -O% -fsanitize%,$(CFLAGS)) $(WARN) -I. -Ihypervisor/include
UNIT_unit := -O1
UNIT_sanitized := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# $1 test, $2 kind
define unit_rules
$(B)/tests/$2/$1: $(patsubst %.c,$(B)/tests/$2/$1.d/%.o,tests/unit/test_$1.c $($1_SRC))
	$(CC) $(UNIT_$2) -o $$@ $$^ -lcunit $(if $($1_PKG),$$$$($(PKG_CONFIG) --libs $($1_PKG))) $($1_LIBS)
$(B)/tests/$2/$1.d/%.o: %.c $(B)/config.mk $($1_NEEDS)
	@mkdir -p $$(@D)
	$(CC) $(UNIT_FLAGS) $(UNIT_$2) $($1_CFLAGS) \
		$(if $($1_PKG),$$$$($(PKG_CONFIG) --cflags $($1_PKG))) -MMD -MP -c -o $$@ $$<
endef
$(foreach test,$(UNIT),$(eval $(call unit_rules,$(test),unit)))
$(foreach test,$(UNIT),$(eval $(call unit_rules,$(test),sanitized)))
-include $(shell find $(B)/tests -name '*.d' -type f 2> /dev/null)

UNIT_PROGRAMS := $(UNIT:%=$(B)/tests/unit/%)
SANITIZED_PROGRAMS := $(UNIT:%=$(B)/tests/sanitized/%)

.PHONY: unit sanitized
unit: $(UNIT_PROGRAMS)
	@tests/run --logs=$(B)/test-logs $^
sanitized: $(SANITIZED_PROGRAMS)
	@tests/run --logs=$(B)/test-logs $^

# A phone that a failed test left running ends here.
check: build images images-small $(TESTS_NEED) $(UNIT_PROGRAMS) $(SANITIZED_PROGRAMS)
	status=0; \
	tests/run --logs=$(B)/test-logs --junit=$(B)/test-logs/junit.xml \
		$(UNIT_PROGRAMS) $(SANITIZED_PROGRAMS) $(TESTS) || status=$$?; \
	timeout 60 tests/system/99-stop > $(B)/log/stop.log 2>&1; \
	exit $$status

# What unit tests reach of EL2: lines and branches, by file
COVERED := vgic turn a32_state rsi el2 trap
UNIT_coverage := -O0 --coverage
$(foreach test,$(COVERED),$(eval $(call unit_rules,$(test),coverage)))
$(COVERED:%=$(B)/tests/coverage/%): LDFLAGS += --coverage

.PHONY: coverage
coverage: $(COVERED:%=$(B)/tests/coverage/%)
	find $(B)/tests/coverage -name '*.gcda' -delete
	for test in $^; do $$test > /dev/null || exit 1; done
	tests/coverage $(B)/tests/coverage
