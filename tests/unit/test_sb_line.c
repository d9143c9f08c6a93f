/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Lines of the service port, good and hostile, and the UTF-8 they must be. */
#include <stdlib.h>
#include <string.h>

#include "el1/line.h"
#include "suite.h"
#include "el1/utf8.h"

static struct line_reader reader;

static enum line_event feed(const char *bytes, size_t len)
{
    enum line_event last = LINE_NOTHING;

    while (len--) {
        last = line_byte(&reader, *bytes++);
    }
    return last;
}

static const char *parse(struct line_request *request, const char *text)
{
    static char copy[LINE_MAX_BYTES + 1];

    strcpy(copy, text);
    return line_parse(request, copy);
}

static void test_reader(void)
{
    char full[LINE_MAX_BYTES + 2];

    memset(&reader, 0, sizeof(reader));
    CU_ASSERT_EQUAL(feed("1 hel", 5), LINE_NOTHING);
    CU_ASSERT_EQUAL(feed("lo\n", 3), LINE_COMPLETE);
    CU_ASSERT_STRING_EQUAL(reader.text, "1 hello");
    CU_ASSERT_EQUAL(feed("2 x\r\n", 5), LINE_COMPLETE);
    CU_ASSERT_STRING_EQUAL(reader.text, "2 x");
    CU_ASSERT_EQUAL(feed("\n", 1), LINE_COMPLETE);
    CU_ASSERT_STRING_EQUAL(reader.text, "");
    memset(full, 'a', sizeof(full));
    CU_ASSERT_EQUAL(feed(full, LINE_MAX_BYTES), LINE_NOTHING);
    CU_ASSERT_EQUAL(feed("\n", 1), LINE_COMPLETE);
    CU_ASSERT_EQUAL(strlen(reader.text), LINE_MAX_BYTES);
    CU_ASSERT_EQUAL(feed(full, LINE_MAX_BYTES + 1), LINE_NOTHING);
    CU_ASSERT_EQUAL(feed(full, LINE_MAX_BYTES), LINE_NOTHING);
    CU_ASSERT_EQUAL(feed("\n", 1), LINE_TOO_LONG);
    CU_ASSERT_EQUAL(feed("3 after\n", 8), LINE_COMPLETE);
    CU_ASSERT_STRING_EQUAL(reader.text, "3 after");
}

static void test_words(void)
{
    struct line_request request;

    CU_ASSERT_PTR_NULL(parse(&request, "17 switch \"my phone\"  next"));
    CU_ASSERT_EQUAL(request.id, 17);
    CU_ASSERT_EQUAL_FATAL(request.words, 3);
    CU_ASSERT_STRING_EQUAL(request.word[0], "switch");
    CU_ASSERT_STRING_EQUAL(request.word[1], "my phone");
    CU_ASSERT_STRING_EQUAL(request.word[2], "next");
    CU_ASSERT_PTR_NULL(parse(&request, " 0 a \"\""));
    CU_ASSERT_EQUAL_FATAL(request.words, 2);
    CU_ASSERT_STRING_EQUAL(request.word[1], "");
    CU_ASSERT_PTR_NULL(parse(&request, "1 a b c d e f g"));
    CU_ASSERT_EQUAL(request.words, LINE_WORDS - 1);
}

static void test_refused(void)
{
    static const char *const wrong[] = {
        "",
        "hello",
        "-1 hello",
        "4294967296 hello",
        "1",
        "1 \"",
        "1 a \"b",
        "1 \"a\"b",
        "1 a b c d e f g h i",
        "99999999999999999999 a",
        "1 a\tb",
        "1 \xff",
        "1 \xc0\xaf",
        "1 \xed\xa0\x80",
        "1 \xe2\x82",
        "1 a\x7f",
        "1 \xf5\x80\x80\x80",
        "1x a",
    };
    struct line_request request;

    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        CU_ASSERT_PTR_NOT_NULL(parse(&request, wrong[i]));
    }
    memset(&reader, 0, sizeof(reader));
    CU_ASSERT_EQUAL(feed("1 a\0b\n", 6), LINE_COMPLETE);
    CU_ASSERT_PTR_NOT_NULL(line_parse(&request, reader.text));
}

/* The id of a line with a wrong rest is known, so that the error finds its request. */
static void test_id_of_wrong_line(void)
{
    struct line_request request;

    CU_ASSERT_PTR_NOT_NULL(parse(&request, "12 a \"b"));
    CU_ASSERT_EQUAL(request.id, 12);
    CU_ASSERT_PTR_NOT_NULL(parse(&request, "nothing"));
    CU_ASSERT_EQUAL(request.id, 0);
}

static void test_numbers(void)
{
    int32_t number;

    CU_ASSERT_TRUE(line_number("-100", -100, 100, &number) && number == -100);
    CU_ASSERT_TRUE(line_number("2147483647", 0, INT32_MAX, &number) && number == INT32_MAX);
    CU_ASSERT_FALSE(line_number("2147483648", 0, INT32_MAX, &number));
    CU_ASSERT_FALSE(line_number("101", -100, 100, &number));
    CU_ASSERT_FALSE(line_number("-101", -100, 100, &number));
    CU_ASSERT_FALSE(line_number("", 0, 1, &number));
    CU_ASSERT_FALSE(line_number("-", -1, 1, &number));
    CU_ASSERT_FALSE(line_number("1a", 0, 9, &number));
    CU_ASSERT_FALSE(line_number("99999999999999999999999999", 0, INT32_MAX, &number));
}

static void test_utf8(void)
{
    const char *text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff\xe2\x82";

    CU_ASSERT_EQUAL(utf8_next(&text), 'a');
    CU_ASSERT_EQUAL(utf8_next(&text), 0xe9);
    CU_ASSERT_EQUAL(utf8_next(&text), 0x20ac);
    CU_ASSERT_EQUAL(utf8_next(&text), 0x1f600);
    CU_ASSERT_EQUAL(utf8_next(&text), 0xfffd);
    CU_ASSERT_EQUAL(utf8_next(&text), 0xfffd);
    CU_ASSERT_EQUAL(utf8_next(&text), 0xfffd);
    CU_ASSERT_EQUAL(*text, '\0');
    CU_ASSERT_TRUE(utf8_is_text("\xef\xbf\xbd", 3)); /* U+FFFD itself is text */
    CU_ASSERT_FALSE(utf8_is_text("\xc2\x85", 2));
}

static void test_noise(void)
{
    struct line_request request;

    srand(2);
    memset(&reader, 0, sizeof(reader));
    for (unsigned i = 0; i < 2000000; i++) {
        const char byte = rand() % 40 ? (char)rand() : " \"\n1"[rand() % 4];

        if (line_byte(&reader, byte) == LINE_COMPLETE && !line_parse(&request, reader.text)) {
            CU_ASSERT_TRUE(request.words >= 1 && request.words <= LINE_WORDS);
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"lines from bytes", test_reader},
                                        {"words", test_words},
                                        {"refused lines", test_refused},
                                        {"number of a wrong line", test_id_of_wrong_line},
                                        {"numbers", test_numbers},
                                        {"UTF-8", test_utf8},
                                        {"noise", test_noise},
                                        CU_TEST_INFO_NULL};

    return run_suite("line", tests);
}
