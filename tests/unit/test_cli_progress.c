/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* How far something is: the bar on a terminal, lines elsewhere, what apt says. */
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../sdk/cli/say.h"
#include "../../sdk/cli/transfer.h"
#include "suite.h"

static void test_line(void)
{
    g_autofree char *half = progress_line(0, 0.5, 30, "of it", 100);
    g_autofree char *resumed = progress_line(0.5, 0.75, 600, "of it", 100);
    g_autofree char *cut = progress_line(0, 0.5, 30, "of it", 10);
    g_autofree char *over = progress_line(0, 7, 1, "of it", 100);
    g_autofree char *early = progress_words(0, 0.01, 30);

    CU_ASSERT_STRING_EQUAL(half, "[############            ]  50 %, 30 s left  of it");
    CU_ASSERT_STRING_EQUAL(resumed, "[##################      ]  75 %, 10 min left  of it");
    CU_ASSERT_STRING_EQUAL(cut, "[#########");
    CU_ASSERT_STRING_EQUAL(over, "[########################] 100 %  of it");
    CU_ASSERT_STRING_EQUAL(early, "  1 %");
}

/* What comes on standard error while `what` runs: on a terminal, or in a file. */
static char *said_by(void (*what)(void), gboolean terminal)
{
    int kept = dup(STDERR_FILENO), ends[2] = {-1, -1};
    GString *text = g_string_new(NULL);
    char bytes[512];
    ssize_t got;

    fflush(stderr);
    CU_ASSERT_EQUAL_FATAL(terminal ? openpty(&ends[0], &ends[1], NULL, NULL, NULL) : pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    what();
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]); /* so that there is an end */
    while ((got = read(ends[0], bytes, sizeof(bytes))) > 0) {
        g_string_append_len(text, bytes, got);
    }
    close(ends[0]);
    return g_string_free(text, FALSE);
}

/* A quarter of a file in a second, and something that is to be said meanwhile. */
static void send_some(void)
{
    struct transfer transfer;

    transfer_begin(&transfer, "song.ogg", 1000);
    transfer_add(&transfer, 0);
    transfer.progress.begun_us -= 20 * G_USEC_PER_SEC;
    transfer.progress.drawn_us -= 11 * G_USEC_PER_SEC;
    transfer_add(&transfer, 250);
    transfer_said(&transfer, "dlstatus:1:60.5:Retrieving file 2 of 3\nE: ba", 44);
    transfer_said(&transfer, "d\nlast", 6);
    transfer_end(&transfer);
}

/* Two pieces at once: one drawing. */
static void send_all(void)
{
    struct transfer transfer;

    transfer_begin(&transfer, "song.ogg", 1000);
    transfer_add(&transfer, 500);
    transfer_add(&transfer, 500);
    transfer_end(&transfer);
}

/* The bar is gone at the end. */
static void test_end(void)
{
    g_autofree char *text = said_by(send_all, TRUE);
    g_autofree char *elsewhere = said_by(send_all, FALSE);

    CU_ASSERT_STRING_EQUAL(text, "\r\033[K[############            ]  50 %  song.ogg\r\033[K");
    CU_ASSERT_STRING_EQUAL(elsewhere, "");
}

static void test_terminal(void)
{
    g_autofree char *text = said_by(send_some, TRUE);

    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "\r\033[K[######                  ]  25 %, 60 s left  song.ogg"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\r\033[KE: bad\r\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "last\r\n"));
}

static void test_elsewhere(void)
{
    g_autofree char *text = said_by(send_some, FALSE);
    g_autofree char *last = say_last();

    CU_ASSERT_STRING_EQUAL(text, "booth: song.ogg: 25 %, 60 s left\nE: bad\nlast\n");
    CU_ASSERT_STRING_EQUAL(last, "last");
}

static gboolean is_apt(const char *text, double *done, char **what)
{
    g_autofree char *line = g_strdup(text);
    const char *rest;
    gboolean is = transfer_apt_line(line, done, &rest);

    *what = is ? g_strdup(rest) : NULL;
    return is;
}

static void test_apt(void)
{
    g_autofree char *package = NULL, *download = NULL, *none = NULL;
    double done;

    CU_ASSERT_TRUE(is_apt("pmstatus:hello:50.0000:Unpacking hello (arm64)", &done, &package));
    CU_ASSERT_DOUBLE_EQUAL(done, 0.5, 1e-9);
    CU_ASSERT_STRING_EQUAL(package, "Unpacking hello (arm64)");
    CU_ASSERT_TRUE(is_apt("dlstatus:3:7.25:Retrieving file 3 of 9: 2s", &done, &download));
    CU_ASSERT_DOUBLE_EQUAL(done, 0.0725, 1e-9);
    CU_ASSERT_STRING_EQUAL(download, "Retrieving file 3 of 9: 2s");
    CU_ASSERT_FALSE(is_apt("pmerror:hello:50:it fails", &done, &none));
    CU_ASSERT_FALSE(is_apt("pmstatus:hello", &done, &none));
    CU_ASSERT_FALSE(is_apt("pmstatus:hello:much:it", &done, &none));
    CU_ASSERT_FALSE(is_apt("pmstatus:hello:nan:it", &done, &none));
    CU_ASSERT_FALSE(is_apt("booth: apt: no room", &done, &none));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"line", test_line}, {"terminal", test_terminal}, {"elsewhere", test_elsewhere},
        {"end", test_end},   {"apt", test_apt},           CU_TEST_INFO_NULL};

    return run_suite("progress", tests);
}
