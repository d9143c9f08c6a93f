/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Key names, characters to keys, the desktop's keys to the phone's. */
#include "suite.h"

#include <SDL_scancode.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "input/keys.h"
#include "frontends/keymap.h"

static void knows_names(void)
{
    CU_ASSERT_EQUAL(keys_code("KEY_ENTER"), KEY_ENTER);
    CU_ASSERT_EQUAL(keys_code("enter"), KEY_ENTER);
    CU_ASSERT_EQUAL(keys_code("Volumeup"), KEY_VOLUMEUP);
    CU_ASSERT_EQUAL(keys_code("a"), KEY_A);
    CU_ASSERT_EQUAL(keys_code("1"), KEY_1); /* a digit is the key with it */
    CU_ASSERT_EQUAL(keys_code("28"), 28);
    CU_ASSERT_EQUAL(keys_code("248"), KEY_MICMUTE);
    CU_ASSERT_EQUAL(keys_code("249"), -1);
    CU_ASSERT_EQUAL(keys_code("500"), -1);
    CU_ASSERT_EQUAL(keys_code(""), -1);
    CU_ASSERT_EQUAL(keys_code("KEY_"), -1);
    CU_ASSERT_EQUAL(keys_code("nokey"), -1);
    CU_ASSERT_STRING_EQUAL(keys_name(KEY_SPACE), "SPACE");
    CU_ASSERT_PTR_NULL(keys_name(-1));
    CU_ASSERT_PTR_NULL(keys_name(100000));
}

static void types_ascii(void)
{
    int code;
    bool shift;

    for (int c = ' '; c < 127; c++) {
        CU_ASSERT_TRUE(keys_for_char((char)c, &code, &shift));
    }
    CU_ASSERT_TRUE(keys_for_char('Q', &code, &shift));
    CU_ASSERT_TRUE(code == KEY_Q && shift);
    CU_ASSERT_TRUE(keys_for_char('/', &code, &shift));
    CU_ASSERT_TRUE(code == KEY_SLASH && !shift);
    CU_ASSERT_TRUE(keys_for_char('?', &code, &shift));
    CU_ASSERT_TRUE(code == KEY_SLASH && shift);
    CU_ASSERT_TRUE(keys_for_char('\n', &code, &shift));
    CU_ASSERT_EQUAL(code, KEY_ENTER);
    CU_ASSERT_FALSE(keys_for_char('\0', &code, &shift));
    CU_ASSERT_FALSE(keys_for_char('\x01', &code, &shift));
    CU_ASSERT_FALSE(keys_for_char('\xc3', &code, &shift));
}

/* No two keys of the desktop that matter for typing are the same key of the phone. */
static void maps_the_desktop(void)
{
    int user[KEY_CNT] = {0};

    CU_ASSERT_EQUAL(keymap_code(SDL_SCANCODE_A), KEY_A);
    CU_ASSERT_EQUAL(keymap_code(SDL_SCANCODE_RETURN), KEY_ENTER);
    CU_ASSERT_EQUAL(keymap_code(SDL_SCANCODE_LCTRL), KEY_LEFTCTRL);
    CU_ASSERT_EQUAL(keymap_code(0), 0);
    CU_ASSERT_EQUAL(keymap_code(-1), 0);
    CU_ASSERT_EQUAL(keymap_code(SDL_NUM_SCANCODES), 0);
    for (int s = SDL_SCANCODE_A; s <= SDL_SCANCODE_UP; s++) {
        int code = keymap_code(s);
        CU_ASSERT_TRUE(code > 0 && code < KEY_CNT);
        if (s != SDL_SCANCODE_NONUSHASH) { /* the same key on another keyboard */
            CU_ASSERT_EQUAL(user[code]++, 0);
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"knows key names", knows_names},
        {"types ASCII", types_ascii},
        {"maps the desktop's keys", maps_the_desktop},
        CU_TEST_INFO_NULL,
    };
    return run_suite("keys", tests);
}
