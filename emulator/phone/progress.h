/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far a VM's boot is, and whether it gave up, from what it writes to its console and from the
 * switchboard's events. Pure: no clock, no I/O.
 *
 * Whoever may write to the console can write any words, so words alone prove nothing:
 *
 * - Readiness and failure to start are taken only from lines that begin with the kernel's time
 *   stamp, "[   12.345678] ". Debian's kernels put it before each of their own lines and before
 *   what root writes to /dev/kmsg; it cannot be had by writing to the terminal in mid-line.
 * - A kernel panic is the line "---[ end Kernel panic - not syncing: ... ]---" with such a stamp,
 *   and silence after it: Linux prints nothing more, and a terminal where someone only printed that
 *   line goes on to a prompt. The first byte after it withdraws the panic.
 */
#ifndef PHONE_PROGRESS_H
#define PHONE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#define PROGRESS_WHY_MAX 160
/* A panic counts after the console has been silent for this long while the VM ran. */
#define PROGRESS_SILENCE_MS 3000

struct progress {
    unsigned percent;    /* 0..100, never goes back until progress_reset() */
    const char *stage;   /* in words, static */
    bool home_line;      /* the guest said that its home screen is there */
    bool scanout;        /* the switchboard has a first frame of it */
    bool last_words;     /* a panic's last line was written, and nothing since */
    uint64_t silent_at;  /* last_words: bytes that the console had up to that line's end */
    const char *failure; /* the guest gave up: "kernel-panic", "start-failed"; NULL: it did not */
    char why[PROGRESS_WHY_MAX]; /* failure in words, UTF-8 */
};

void progress_reset(struct progress *progress);

/*
 * A console line, without its line end and escape sequences. `end`: bytes written to the console
 * from its start up to the end of this line. True when anything that users see changed.
 */
bool progress_line(struct progress *progress, const char *line, uint64_t end);

/* The console has `end` bytes now. True when that withdraws a panic that users saw. */
bool progress_output(struct progress *progress, uint64_t end);

/*
 * The VM ran for PROGRESS_SILENCE_MS after its last words without a byte. True when it has failed
 * by that.
 */
bool progress_silence(struct progress *progress);

/* The failure of that name, one of those that `failure` may be; NULL: none of them. */
const char *progress_failure(const char *name);

/* The switchboard started it: its RAM is loaded, the kernel runs. True when changed. */
bool progress_started(struct progress *progress);

/* The switchboard shows its first frame. True when changed. */
bool progress_scanout(struct progress *progress);

/* The home screen is up: the guest said so and a frame of it was shown. */
bool progress_ready(const struct progress *progress);

/* The stage, or why it failed, in words. Valid until `progress` changes. */
const char *progress_stage(const struct progress *progress);

#endif
