/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Boot progress, readiness and failure of a VM, from what it writes to its console. */
#include "suite.h"

#include <glib.h>
#include <string.h>

#include "phone/progress.h"

#define HOME  "[   31.400000] phonebooth: home screen ready"
#define PANIC "[   99.123456] ---[ end Kernel panic - not syncing: sysrq triggered crash ]---"

static struct progress progress;
static uint64_t written; /* bytes on the console */

static void start(void)
{
    progress_reset(&progress);
    progress_started(&progress);
    written = 0;
}

/* What the console's log does with a line and its line end. */
static bool line(const char *text)
{
    written += strlen(text) + 2;
    bool changed = progress_line(&progress, text, written);
    return progress_output(&progress, written) || changed;
}

/* Part of a line. */
static bool bytes(unsigned count)
{
    written += count;
    return progress_output(&progress, written);
}

static void bring_up(void)
{
    start();
    line(HOME);
    progress_scanout(&progress);
    CU_ASSERT_TRUE_FATAL(progress_ready(&progress));
}

static void follows_a_boot(void)
{
    unsigned last = 0;
    static const char *const boot[] = {
        "[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]",
        "[    0.100000] smp: Brought up 1 node, 2 CPUs",
        "[    1.000000] Run /init as init process",
        "Welcome to Debian GNU/Linux 13 (trixie)!",
        "         Starting systemd-udevd.service - Rule-based Manager for Device Events and "
        "Files...",
        "[  OK  ] Reached target basic.target - Basic System.",
        "[  OK  ] Reached target graphical.target - Graphical Interface.",
        HOME,
    };

    progress_reset(&progress);
    CU_ASSERT_TRUE(progress_started(&progress));
    for (unsigned i = 0; i < G_N_ELEMENTS(boot); i++) {
        CU_ASSERT_TRUE(line(boot[i]));
        CU_ASSERT_TRUE(progress.percent > last);
        last = progress.percent;
        CU_ASSERT_FALSE(line(boot[i]));
    }
    CU_ASSERT_FALSE(progress_ready(&progress)); /* nothing of it has been seen yet */
    CU_ASSERT_TRUE(progress_scanout(&progress));
    CU_ASSERT_TRUE(progress_ready(&progress));
    CU_ASSERT_EQUAL(progress.percent, 100);
    CU_ASSERT_FALSE(line(boot[0])); /* never goes back */
    CU_ASSERT_EQUAL(progress.percent, 100);
    CU_ASSERT_STRING_EQUAL(progress_stage(&progress), "home screen ready");
}

/* A quiet kernel: what our own persona says. */
static void follows_a_quiet_boot(void)
{
    unsigned last;
    static const char *const boot[] = {
        "[    1.210000] phonebooth: the kernel is up, loading drivers",
        "[    2.010000] phonebooth: disks are ready, starting the system",
        "[    2.900000] phonebooth: starting services",
        "[    4.000000] phonebooth: starting the compositor",
        "[ 1234.567890] phonebooth: starting the shell",
        HOME,
    };

    start();
    for (unsigned i = 0; i < G_N_ELEMENTS(boot); i++) {
        last = progress.percent;
        CU_ASSERT_TRUE(line(boot[i]));
        CU_ASSERT_TRUE(progress.percent > last);
    }
}

/* Words of the kernel and of our persona, written by someone else. */
static void takes_no_words_for_facts(void)
{
    static const char *const hostile[] = {
        "phonebooth: home screen ready",
        "phonebooth: the persona cannot start: no",
        "root@work:/# echo '" HOME "'",
        "root@work:/# " HOME,
        " " HOME,
        "phonebooth: " PANIC,
        "Kernel panic - not syncing: Attempted to kill init!",
        "---[ end Kernel panic - not syncing: x ]---",
        "[   99.123456] echo '---[ end Kernel panic - not syncing: x ]---'",
        "[   99.123456] Kernel panic - not syncing: x",
        "[   99.123456] ---[ end Kernel panic - not syncing: x",
        "[   99.123456]---[ end Kernel panic - not syncing: x ]---",
        "[   99.12345] ---[ end Kernel panic - not syncing: x ]---",
        "[   99.1234567] ---[ end Kernel panic - not syncing: x ]---",
        "[   99,123456] ---[ end Kernel panic - not syncing: x ]---",
        "[   .123456] ---[ end Kernel panic - not syncing: x ]---",
        "[] ---[ end Kernel panic - not syncing: x ]---",
        "[   99.123456",
        "[   99.",
        "[",
        "[  OK  ] phonebooth: home screen ready",
        "[  OK  ]",
        "",
    };

    start();
    for (unsigned i = 0; i < G_N_ELEMENTS(hostile); i++) {
        CU_ASSERT_FALSE(line(hostile[i]));
        CU_ASSERT_FALSE(progress_silence(&progress)); /* however long nothing follows */
        CU_ASSERT_FALSE(progress.home_line);
        CU_ASSERT_PTR_NULL(progress.failure);
        CU_ASSERT_EQUAL(progress.percent, 4);
    }
}

static void sees_a_panic(void)
{
    bring_up();
    line("[   99.123400] Kernel panic - not syncing: sysrq triggered crash");
    CU_ASSERT_FALSE(progress_silence(&progress)); /* it is not over yet */
    CU_ASSERT_FALSE(line(PANIC));
    CU_ASSERT_TRUE(progress_ready(&progress)); /* not yet: it may only be text */
    CU_ASSERT_FALSE(bytes(0));
    CU_ASSERT_TRUE(progress_silence(&progress));
    CU_ASSERT_STRING_EQUAL(progress.failure, "kernel-panic");
    CU_ASSERT_STRING_EQUAL(progress_stage(&progress), "kernel panic");
    CU_ASSERT_FALSE(progress_ready(&progress));
    CU_ASSERT_FALSE(progress_silence(&progress)); /* only once */
    progress_reset(&progress);
    CU_ASSERT_PTR_NULL(progress.failure);
    CU_ASSERT_EQUAL(progress.percent, 0);
    CU_ASSERT_FALSE(progress_silence(&progress));
}

/* A file with a whole panic in it, line by line as the kernel writes it, and the prompt after it.
 */
static void ignores_a_printed_panic(void)
{
    bring_up();
    line("[   99.123400] Kernel panic - not syncing: sysrq triggered crash");
    line(PANIC);
    CU_ASSERT_FALSE(bytes(1)); /* nobody saw it: nothing to withdraw */
    CU_ASSERT_FALSE(progress_silence(&progress));
    CU_ASSERT_TRUE(progress_ready(&progress));
}

/* It was printed, and whoever printed it wrote nothing more for a while. */
static void withdraws_a_panic(void)
{
    bring_up();
    line(PANIC);
    CU_ASSERT_TRUE(progress_silence(&progress));
    CU_ASSERT_TRUE(bytes(1));
    CU_ASSERT_PTR_NULL(progress.failure);
    CU_ASSERT_TRUE(progress_ready(&progress));
    CU_ASSERT_STRING_EQUAL(progress_stage(&progress), "home screen ready");
    CU_ASSERT_FALSE(progress_silence(&progress));
    line(PANIC); /* and the next one counts */
    CU_ASSERT_TRUE(progress_silence(&progress));
}

static void says_why_it_cannot_start(void)
{
    start();
    CU_ASSERT_TRUE(line("[    2.000000] phonebooth: the persona cannot start: no data disk"));
    CU_ASSERT_STRING_EQUAL(progress.failure, "start-failed");
    CU_ASSERT_STRING_EQUAL(progress_stage(&progress), "cannot start: no data disk");
    line("this is a shell in the initrd");
    CU_ASSERT_STRING_EQUAL(progress.failure, "start-failed");
    CU_ASSERT_TRUE(line("[   60.000000] phonebooth: disks are ready, starting the system"));
    CU_ASSERT_PTR_NULL(progress.failure); /* someone mended it by hand */
}

/* Wherever the limit cuts a character of two bytes. */
static void cuts_a_long_reason(void)
{
    for (unsigned shift = 0; shift < 2; shift++) {
        GString *text = g_string_new("[    2.000000] phonebooth: the persona cannot start: ");

        g_string_append(text, shift ? "x" : "");
        for (unsigned i = 0; i < PROGRESS_WHY_MAX; i++) {
            g_string_append(text, "\303\244");
        }
        start();
        CU_ASSERT_TRUE(line(text->str));
        CU_ASSERT_TRUE(g_utf8_validate(progress.why, -1, NULL));
        CU_ASSERT_TRUE(strlen(progress.why) >= PROGRESS_WHY_MAX - 2);
        g_string_free(text, TRUE);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"follows a boot", follows_a_boot},
        {"follows a quiet boot", follows_a_quiet_boot},
        {"takes no words for facts", takes_no_words_for_facts},
        {"sees a kernel panic", sees_a_panic},
        {"ignores a printed panic", ignores_a_printed_panic},
        {"withdraws a panic", withdraws_a_panic},
        {"says why it cannot start", says_why_it_cannot_start},
        {"cuts a long reason", cuts_a_long_reason},
        CU_TEST_INFO_NULL,
    };
    return run_suite("progress", tests);
}
