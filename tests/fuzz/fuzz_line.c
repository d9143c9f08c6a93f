/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: bytes on the service port. What is taken apart obeys the rules of a line. */
#include <stdlib.h>
#include <string.h>

#include "el1/line.h"
#include "el1/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok) {
        abort();
    }
}

static void check(char *text)
{
    struct line_request request;
    int32_t number;

    must(strlen(text) <= LINE_MAX_BYTES);
    if (line_parse(&request, text)) {
        return;
    }
    must(request.words >= 1 && request.words <= LINE_WORDS);
    must(request.id <= INT32_MAX);
    for (unsigned i = 0; i < request.words; i++) {
        must(utf8_is_text(request.word[i], strlen(request.word[i])));
        if (line_number(request.word[i], -100, 100, &number)) {
            must(number >= -100 && number <= 100);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line_reader reader = {.len = 0};

    for (size_t i = 0; i < size; i++) {
        if (line_byte(&reader, (char)data[i]) == LINE_COMPLETE) {
            check(reader.text);
        }
    }
    return 0;
}
