/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* An app that computes, marks each turn in the kernel's trace, and crashes as soon as it is told to
 * (tests/system/debugging.sh). */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define APART __attribute__((noinline, noclone))

static APART void done(unsigned long sum)
{
    __asm__ volatile("" ::"r"(sum));
}

static APART void toil(unsigned turns)
{
    volatile unsigned long sum = 0;

    for (unsigned turn = 0; turn < turns; turn++) {
        sum += turn;
    }
    done(sum);
}

static APART void gives_up(unsigned turn)
{
    printf("giving up in turn %u\n", turn);
    abort();
}

int main(void)
{
    const char *marks = getenv("TRACE_MARKS");

    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("toiling, marks: %s\n", marks ? marks : "none");
    for (unsigned turn = 0;; turn++) {
        if (marks != NULL) {
            dprintf(atoi(marks), "B|0|turn %u", turn);
        }
        toil(300000);
        if (marks != NULL) {
            dprintf(atoi(marks), "E|0");
            dprintf(atoi(marks), "after turn %u", turn);
        }
        if (access("crash", F_OK) == 0) {
            gives_up(turn);
        }
        usleep(2000);
    }
}
