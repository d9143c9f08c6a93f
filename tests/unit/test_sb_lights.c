/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona's PL061 and its backlight's driver, as Linux's drivers use them. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>

#include "vm/vbacklight.h"
#include "vm/vgpio.h"

#define DATA(mask) ((mask) << 2)
#define DIR        0x400u
#define IS         0x404u
#define IBE        0x408u
#define IEV        0x40cu
#define IE         0x410u
#define RIS        0x414u
#define MIS        0x418u
#define IC         0x41cu

static struct vgpio gpio;

static void begin(void)
{
    gpio = (struct vgpio){0};
}

static void test_ids(void)
{
    static const uint8_t expected[] = {0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    for (unsigned i = 0; i < 8; i++) {
        CU_ASSERT_EQUAL(vgpio_read(&gpio, 0xfe0 + 4 * i), expected[i]);
    }
    CU_ASSERT_EQUAL(vgpio_read(&gpio, 0xfdc), 0);
}

/* The address says which lines are meant; only outputs are driven. */
static void test_data(void)
{
    vgpio_write(&gpio, DATA(0xff), 0xff);
    CU_ASSERT_EQUAL(vgpio_outputs(&gpio), 0);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, DATA(0xff)), 0);
    vgpio_write(&gpio, DIR, 0x1f);
    CU_ASSERT_EQUAL(vgpio_outputs(&gpio), 0x1f);
    vgpio_write(&gpio, DATA(0x02), 0);
    CU_ASSERT_EQUAL(vgpio_outputs(&gpio), 0x1d);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, DATA(0x03)), 0x01);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, DIR), 0x1f);
    vgpio_input(&gpio, 5, true);
    vgpio_input(&gpio, 0, false); /* an output is as the guest says */
    CU_ASSERT_EQUAL(vgpio_read(&gpio, DATA(0xff)), 0x3d);
    vgpio_reset(&gpio);
    CU_ASSERT_EQUAL(vgpio_outputs(&gpio), 0);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, DATA(0xff)), 0x20);
}

static void test_both_edges(void)
{
    vgpio_write(&gpio, IBE, 0x20);
    vgpio_write(&gpio, IE, 0x20);
    vgpio_input(&gpio, 5, false); /* no change */
    vgpio_input(&gpio, 4, true);  /* not asked for */
    CU_ASSERT_FALSE(vgpio_line(&gpio));
    for (unsigned i = 0; i < 2; i++) {
        vgpio_input(&gpio, 5, !i);
        CU_ASSERT_TRUE(vgpio_line(&gpio));
        CU_ASSERT_EQUAL(vgpio_read(&gpio, MIS), 0x20);
        vgpio_write(&gpio, IC, 0x20);
        CU_ASSERT_FALSE(vgpio_line(&gpio));
    }
}

static void test_one_edge_and_mask(void)
{
    vgpio_write(&gpio, IEV, 0x01);
    vgpio_input(&gpio, 0, true); /* rising */
    vgpio_input(&gpio, 1, true); /* falling is wanted */
    CU_ASSERT_EQUAL(vgpio_read(&gpio, RIS), 0x01);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, MIS), 0);
    CU_ASSERT_FALSE(vgpio_line(&gpio));
    vgpio_input(&gpio, 1, false);
    CU_ASSERT_EQUAL(vgpio_read(&gpio, RIS), 0x03);
    vgpio_write(&gpio, IE, 0x02);
    CU_ASSERT_TRUE(vgpio_line(&gpio));
}

static void test_level(void)
{
    vgpio_write(&gpio, IS, 0x20);
    vgpio_write(&gpio, IEV, 0x20);
    vgpio_write(&gpio, IE, 0x20);
    CU_ASSERT_FALSE(vgpio_line(&gpio));
    vgpio_input(&gpio, 5, true);
    vgpio_write(&gpio, IC, 0x20); /* stays while the level does */
    CU_ASSERT_TRUE(vgpio_line(&gpio));
    vgpio_input(&gpio, 5, false);
    CU_ASSERT_FALSE(vgpio_line(&gpio));
}

/* ---- Backlight ----------------------------------------------------------------------------- */

static struct vbacklight chip;

static void write_chip(uint8_t reg, uint8_t value)
{
    vbacklight_start(&chip, false);
    CU_ASSERT_TRUE(vbacklight_write(&chip, reg));
    CU_ASSERT_TRUE(vbacklight_write(&chip, value));
}

static uint8_t read_chip(uint8_t reg)
{
    vbacklight_start(&chip, false);
    vbacklight_write(&chip, reg);
    vbacklight_start(&chip, true);
    return vbacklight_read(&chip);
}

static void test_backlight(void)
{
    vbacklight_reset(&chip);
    CU_ASSERT_EQUAL(vbacklight_level(&chip), 255);
    CU_ASSERT_EQUAL(read_chip(3), 0xfc);
    write_chip(0, 51);
    CU_ASSERT_EQUAL(vbacklight_level(&chip), 51);
    write_chip(1, 0x04);
    CU_ASSERT_EQUAL(vbacklight_level(&chip), 0);
    write_chip(1, 0x05);
    CU_ASSERT_EQUAL(vbacklight_level(&chip), 51);
    write_chip(3, 1); /* the ID stays */
    CU_ASSERT_EQUAL(read_chip(3), 0xfc);
    write_chip(0xaf, 7);
    CU_ASSERT_EQUAL(read_chip(0xaf), 7);
    write_chip(0xb0, 7); /* there is none */
    CU_ASSERT_EQUAL(read_chip(0xb0), 0);
}

/* A transfer of any length goes round the register numbers and no further. */
static void test_long_transfers(void)
{
    vbacklight_reset(&chip);
    vbacklight_start(&chip, false);
    for (unsigned i = 0; i < 1000; i++) {
        vbacklight_write(&chip, (uint8_t)i);
    }
    vbacklight_start(&chip, true);
    for (unsigned i = 0; i < 1000; i++) {
        vbacklight_read(&chip);
    }
    CU_ASSERT_EQUAL(read_chip(3), 0xfc);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("lights", NULL, NULL, begin, NULL);
    CU_add_test(suite, "identification", test_ids);
    CU_add_test(suite, "data and direction", test_data);
    CU_add_test(suite, "both edges", test_both_edges);
    CU_add_test(suite, "one edge, mask", test_one_edge_and_mask);
    CU_add_test(suite, "level", test_level);
    CU_add_test(suite, "backlight", test_backlight);
    CU_add_test(suite, "long transfers", test_long_transfers);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
