/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's battery: what it is after a time, and that it never leaves its bounds. */
#include "suite.h"

#include <stdlib.h>

#include "battery.h"

#define SECOND INT64_C(1000000000)
#define HOUR   (3600 * SECOND)

static const BatteryLoad dark = {0, 0}, busy = {255, 4000};

static void starts_full(void)
{
    Battery b;

    battery_init(&b);
    CU_ASSERT_EQUAL(battery_level(&b), 100);
    CU_ASSERT_TRUE(battery_is_full(&b));
    battery_advance(&b, 24 * HOUR, &busy);
    CU_ASSERT_TRUE(battery_is_full(&b)); /* the charger feeds the board */
    CU_ASSERT_EQUAL(battery_current_ma(&b), 0);
    CU_ASSERT_FALSE(b.charging);
}

static void drains(void)
{
    Battery b;
    unsigned mah;

    battery_init(&b);
    battery_set_charger(&b, false);
    battery_advance(&b, 10 * HOUR, &dark);
    CU_ASSERT_EQUAL(battery_remaining_mah(&b), 4000 - 120);
    CU_ASSERT_EQUAL(battery_current_ma(&b), -12);
    mah = battery_remaining_mah(&b);
    battery_advance(&b, HOUR, &busy);
    CU_ASSERT_DOUBLE_EQUAL(mah - battery_remaining_mah(&b), 830.5, 1); /* 12 + 40 + 178.5 + 600 */
    CU_ASSERT_TRUE(battery_temperature(&b) > 3000 && battery_temperature(&b) < 3150);
    CU_ASSERT_EQUAL(battery_minutes_to_full(&b, -830), BATTERY_NEVER);
    CU_ASSERT_EQUAL(battery_minutes_to_empty(&b, -1000), battery_remaining_mah(&b) * 60 / 1000);
}

static void charges(void)
{
    Battery b;

    battery_init(&b);
    battery_set_level(&b, 0);
    CU_ASSERT_TRUE(b.charging);
    CU_ASSERT_EQUAL(battery_current_ma(&b), BATTERY_CHARGE_MA);
    battery_advance(&b, HOUR, &busy);
    CU_ASSERT_EQUAL(battery_level(&b), 50);
    battery_advance(&b, HOUR, &busy);
    CU_ASSERT_TRUE(battery_level(&b) > 90 && battery_level(&b) < 100); /* it gives less and less */
    CU_ASSERT_TRUE(battery_current_ma(&b) < BATTERY_CHARGE_MA / 2);
    battery_advance(&b, 2 * HOUR, &busy);
    CU_ASSERT_TRUE(battery_is_full(&b));
    CU_ASSERT_FALSE(b.charging);
}

static void goes_faster(void)
{
    Battery slow, fast;

    battery_init(&slow);
    battery_set_charger(&slow, false);
    fast = slow;
    fast.speed = BATTERY_SPEED_MAX;
    battery_advance(&slow, HOUR, &dark);
    battery_advance(&fast, SECOND, &dark);
    CU_ASSERT_EQUAL(slow.charge_uas, fast.charge_uas);
}

/* Whatever its pace, it cuts off by the machine's time: who shuts down needs that. */
static void cuts_off(void)
{
    Battery b;

    battery_init(&b);
    battery_set_charger(&b, false);
    battery_set_level(&b, 0);
    b.speed = BATTERY_SPEED_MAX;
    battery_advance(&b, 119 * SECOND, &busy);
    CU_ASSERT_FALSE(battery_has_cut_off(&b));
    battery_set_charger(&b, true);
    battery_set_charger(&b, false);
    battery_set_level(&b, 0);
    battery_advance(&b, 119 * SECOND, &busy);
    CU_ASSERT_FALSE(battery_has_cut_off(&b));
    battery_advance(&b, SECOND, &busy);
    CU_ASSERT_TRUE(battery_has_cut_off(&b));
}

static void levels(void)
{
    unsigned last = 0;
    Battery b;

    battery_init(&b);
    battery_set_charger(&b, false);
    for (unsigned level = 0; level <= 100; level++) {
        battery_set_level(&b, level);
        CU_ASSERT_EQUAL(battery_level(&b), level);
        CU_ASSERT_TRUE(battery_voltage_mv(&b) > last); /* by it too the level can be told */
        last = battery_voltage_mv(&b);
    }
    CU_ASSERT_TRUE(last <= BATTERY_CHARGE_MV);
}

static void stays_in_bounds(void)
{
    Battery b;

    srand(1);
    battery_init(&b);
    for (unsigned i = 0; i < 20000; i++) {
        const BatteryLoad load = {(uint32_t)rand() % 256, (uint32_t)rand() % 4001};

        if (rand() % 8 == 0) {
            battery_set_charger(&b, rand() % 2);
        } else if (rand() % 8 == 0) {
            battery_set_level(&b, (unsigned)rand() % 101);
        }
        b.speed = 1 + (uint32_t)rand() % BATTERY_SPEED_MAX;
        battery_advance(&b, rand() % 3000000000, &load);
        if (battery_level(&b) > 100 || battery_voltage_mv(&b) < 3000 ||
            battery_voltage_mv(&b) > BATTERY_CHARGE_MV || abs(battery_current_ma(&b)) > 2000 ||
            (battery_is_full(&b) && b.charging)) {
            CU_FAIL("out of bounds");
            return;
        }
    }
    CU_PASS("bounds");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"it starts full and stays so", starts_full},
        {"it drains by what is drawn", drains},
        {"it charges", charges},
        {"its time can go faster", goes_faster},
        {"it cuts off two minutes after it is empty", cuts_off},
        {"level and voltage", levels},
        {"random use", stays_in_bounds},
        CU_TEST_INFO_NULL,
    };

    return run_suite("battery", tests);
}
