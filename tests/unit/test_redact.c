/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a report must not give away. */
#include "suite.h"

#include <string.h>

#include "sdk/report/redact.h"

/* `secret` is not in it any more, and `rest` still is. */
static void check(const char *text, const char *secret, const char *rest)
{
    g_autofree char *out = redact(text, strlen(text));

    CU_ASSERT_PTR_NULL(strstr(out, secret));
    CU_ASSERT_PTR_NOT_NULL(strstr(out, rest));
    if (strstr(out, secret) || !strstr(out, rest)) {
        printf("\n  %s\n  became %s\n", text, out);
    }
}

static void test_secrets(void)
{
    check("password=hunter2 next", "hunter2", "next");
    check("a line\nAPI_TOKEN: 'two words' after\n", "two words", "after");
    check("{\"api_key\":\"abc\\\"def\",\"name\":\"work\"}", "def", "\"name\":\"work\"");
    check("GITHUB_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_", "GITHUB_TOKEN");
    check("got ghp_0123456789abcdefghijABCDEFGHIJ012345 from it", "ghp_", "from it");
    check("Authorization: Bearer abcdefgh.ijkl\nHost: here", "abcdefgh", "Host: here");
    check("curl https://me:word@example.org/x", "word", "@example.org/x");
    check("prog --password swordfish --other 1", "swordfish", "--other 1");
    check("the PIN is 4711, he said", "4711", "he said");
    check("sim-pin=4711", "4711", "sim-pin");
    check("SIM PIN: 4711", "4711", "SIM");
    check("IMSI=001010123456789", "00101", "IMSI");
    check("wifi.psk = correct horse", "correct", "wifi.psk");
    check(
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----\nrest",
        "AAAA", "rest");
    check("before\n-----BEGIN RSA PRIVATE KEY-----\nAAAA", "AAAA", "before");
    check("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc y", "eyJ", " y");
    check("key dGhpcyBpcyBhIHNlY3JldCB0aGF0IG5vYm9keSBzZWVz1A== end", "dGhp", " end");
}

/* What helps whoever reads it stays. */
static void test_the_rest(void)
{
    static const char *const texts[] = {
        "[    1.204317] Kernel panic - not syncing: VFS: Unable to mount root fs",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "pinctrl core: registered 40 pins; spinning up",
        "passed 12, compass: 3; tokens 5 of 7",
        "/usr/lib/aarch64-linux-gnu/libGLdispatch.so.0.0.0",
        "systemd[1]: Started getty@tty1.service - Getty on tty1.",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *out = redact(texts[i], strlen(texts[i]));
        CU_ASSERT_STRING_EQUAL(out, texts[i]);
    }
}

static void test_home(void)
{
    g_autofree char *text = g_strdup_printf("%s/images/handset", g_get_home_dir());
    g_autofree char *out = redact(text, strlen(text));

    CU_ASSERT_STRING_EQUAL(out, "~/images/handset");
}

static void test_bytes(void)
{
    g_autofree char *out = redact("a\xff"
                                  "b\0c",
                                  5);

    CU_ASSERT_TRUE(g_utf8_validate(out, -1, NULL));
    CU_ASSERT_PTR_NOT_NULL(strstr(out, "b"));
}

/* Nothing that somebody writes into a log makes it slow, or is given away because it is long. */
static void test_long(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < 50000; i++) {
        g_string_append(text, "a_token_a_token_-----BEGIN =\"");
    }
    g_string_append(text, "\npassword=hunter2\n");
    g_autofree char *out = redact(text->str, text->len);
    CU_ASSERT_PTR_NULL(strstr(out, "hunter2"));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"secrets", test_secrets}, {"what is none", test_the_rest}, {"the home folder", test_home},
        {"bytes", test_bytes},     {"a long text", test_long},      CU_TEST_INFO_NULL,
    };

    return run_suite("redact", tests);
}
