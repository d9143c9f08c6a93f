/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Consoles: bytes to lines, what is kept in memory, what is text. */
#include "suite.h"

#include <string.h>

#include "phone/vmlog.h"

static GString *lines;

static void on_line(void *opaque, const char *line)
{
    (void)opaque;
    CU_ASSERT_TRUE(g_utf8_validate(line, -1, NULL));
    g_string_append_printf(lines, "%s|", line);
}

static struct vmlog *new_log(void)
{
    lines = g_string_new(NULL);
    return vmlog_new(NULL, on_line, NULL, NULL);
}

static void end_log(struct vmlog *log)
{
    vmlog_free(log);
    g_string_free(lines, TRUE);
}

static void append(struct vmlog *log, const char *text)
{
    vmlog_append(log, (const uint8_t *)text, strlen(text));
}

static void splits_lines(void)
{
    struct vmlog *log = new_log();

    append(log, "one\r\ntw");
    CU_ASSERT_STRING_EQUAL(vmlog_last_line(log), "one");
    append(log, "o\n\n \nthree");
    CU_ASSERT_STRING_EQUAL(lines->str, "one|two|");
    CU_ASSERT_STRING_EQUAL(vmlog_last_line(log), "two");
    end_log(log);
}

static void strips_escapes(void)
{
    struct vmlog *log = new_log();

    append(log, "\033[1;31mred\033[0m \033]0;title\aplain\033");
    append(log, "[2K!\n\033[31unfinished\nnext\n");
    CU_ASSERT_STRING_EQUAL(lines->str, "red plain!|nfinished|next|");
    end_log(log);
}

static void bears_hostile_bytes(void)
{
    struct vmlog *log = new_log();
    uint8_t *noise = g_malloc(3 * VMLOG_MEMORY);
    uint32_t random = 1;

    for (guint i = 0; i < 3 * VMLOG_MEMORY; i++) {
        random = random * 1664525 + 1013904223;
        noise[i] = (uint8_t)(random >> 24);
    }
    vmlog_append(log, noise, 3 * VMLOG_MEMORY);
    CU_ASSERT_EQUAL(vmlog_end(log), 3 * VMLOG_MEMORY);
    g_string_truncate(lines, 0);
    append(log, "\n");
    g_string_truncate(lines, 0);
    memset(noise, 'x', 2 * VMLOG_LINE_MAX);
    vmlog_append(log, noise, 2 * VMLOG_LINE_MAX);
    append(log, "\n");
    CU_ASSERT_EQUAL(lines->len, VMLOG_LINE_MAX + 1);
    CU_ASSERT_TRUE(strlen(vmlog_last_line(log)) <= 200);
    g_free(noise);
    end_log(log);
}

static void keeps_the_end(void)
{
    struct vmlog *log = new_log();
    char *block = g_strnfill(VMLOG_MEMORY - 2, 'a');
    GByteArray *bytes;
    uint64_t from;

    append(log, block);
    append(log, "BCDE");
    bytes = vmlog_read(log, 0, 10, &from);
    CU_ASSERT_EQUAL(from, 2); /* two bytes are lost */
    CU_ASSERT_EQUAL(bytes->len, 10);
    g_byte_array_unref(bytes);
    bytes = vmlog_read(log, VMLOG_MEMORY - 3, 100, &from);
    CU_ASSERT_EQUAL(bytes->len, 5);
    CU_ASSERT_EQUAL(memcmp(bytes->data, "aBCDE", 5), 0); /* around the end of the ring */
    g_byte_array_unref(bytes);
    bytes = vmlog_read(log, UINT64_MAX, 100, &from);
    CU_ASSERT_EQUAL(from, vmlog_end(log));
    CU_ASSERT_EQUAL(bytes->len, 0);
    g_byte_array_unref(bytes);
    g_free(block);
    end_log(log);
}

static void makes_text(void)
{
    char *text = vmlog_text((const uint8_t *)"a\0b\xff"
                                             "c",
                            5);

    CU_ASSERT_STRING_EQUAL(text, "ab\xef\xbf\xbd"
                                 "c");
    g_free(text);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"ab", 2), 2);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"a\xc3", 2), 1);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"a\xc3\xa4", 3), 3);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"\xe2\x82", 2), 0);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"\xf0\x9f\x98", 3), 0);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"\xf0\x9f\x98\x80", 4), 4);
    CU_ASSERT_EQUAL(vmlog_whole((const uint8_t *)"\x80\x80\x80\x80", 4), 4); /* never UTF-8 */
    CU_ASSERT_EQUAL(vmlog_whole(NULL, 0), 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"splits lines", splits_lines},           {"strips escape sequences", strips_escapes},
        {"bears any bytes", bears_hostile_bytes}, {"keeps the end in memory", keeps_the_end},
        {"makes text of bytes", makes_text},      CU_TEST_INFO_NULL,
    };
    return run_suite("vmlog", tests);
}
