/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "press.h"

#include "typing.h"

#include "input/input.h"
#include "screen/compositor.h"
#include "vm/vms.h"

#define EV_KEY_MAX 0x2ff
#define WHEEL_MAX  100

/* `key CODE VALUE [VM]`: with VM only while that one is in front. */
const char *key_request(const struct line_request *request)
{
    struct input_receipt receipt;
    const char *wrong;
    int32_t code, value;

    if (!line_number(request->word[1], 1, EV_KEY_MAX, &code) ||
        !line_number(request->word[2], 0, 2, &value)) {
        return "bad-request: key takes a code 1..767 and 0, 1 or 2";
    }
    if (value && request->words > 3 && vms_find(request->word[3]) != compositor_front()) {
        return "bad-state: another persona has come to the front";
    }
    wrong = input_key((unsigned)code, (unsigned)value, &receipt);
    if (!wrong) {
        typing_answer(request->id, &receipt);
    }
    return wrong;
}

const char *wheel_request(const struct line_request *request)
{
    struct input_receipt receipt;
    const char *wrong;
    int32_t steps;

    if (!line_number(request->word[1], -WHEEL_MAX, WHEEL_MAX, &steps)) {
        return "bad-request: wheel takes -100..100";
    }
    wrong = input_wheel(steps, &receipt);
    if (!wrong) {
        typing_answer(request->id, &receipt);
    }
    return wrong;
}
