/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/progress.h"

#include <glib.h>
#include <string.h>

#define HOME_LINE    "phonebooth: home screen ready"
#define CANNOT_START "phonebooth: the persona cannot start: "
#define PANIC_START  "---[ end Kernel panic - not syncing"
#define PANIC_END    " ]---"

static const char panicked[] = "kernel-panic";
static const char start_failed[] = "start-failed";

enum source { KERNEL, SYSTEMD };

/*
 * How a line begins that Linux, our initrd, systemd and our home screen write, in the order of a
 * boot. Those of systemd carry no time stamp; they move the percentage and decide nothing.
 */
static const struct {
    enum source source;
    unsigned percent;
    const char *text;
    const char *stage;
} marks[] = {
    {KERNEL, 8, "Booting Linux on physical CPU", "kernel"},
    {KERNEL, 14, "smp: Brought up", "kernel"},
    {KERNEL, 25, "Run /init as init process", "drivers"},
    {KERNEL, 25, "phonebooth: the kernel is up", "drivers"},
    {KERNEL, 40, "phonebooth: disks are ready", "system"},
    {SYSTEMD, 42, "Welcome to Debian", "system"},
    {KERNEL, 50, "phonebooth: starting services", "services"},
    {SYSTEMD, 50, "Starting systemd-udevd", "services"},
    {SYSTEMD, 50, "Reached target sysinit.target", "services"},
    {SYSTEMD, 55, "Reached target basic.target", "services"},
    {KERNEL, 58, "phonebooth: starting the compositor", "home screen"},
    {SYSTEMD, 60, "Reached target multi-user.target", "services"},
    {KERNEL, 65, "phonebooth: starting the shell", "home screen"},
    {SYSTEMD, 65, "Reached target graphical.target", "home screen"},
    {KERNEL, 95, HOME_LINE, "home screen"},
};

#define SCANOUT_PERCENT 70

void progress_reset(struct progress *progress)
{
    *progress = (struct progress){.stage = "off"};
}

static const char *skip_digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* The text behind a time stamp of printk(), "[   12.345678] " at the line's start; NULL: none. */
static const char *after_stamp(const char *line)
{
    if (*line != '[') {
        return NULL;
    }
    const char *seconds = line + 1 + strspn(line + 1, " ");
    const char *point = skip_digits(seconds);
    if (point == seconds || *point != '.') {
        return NULL;
    }
    const char *end = skip_digits(point + 1);
    return end - point == 7 && g_str_has_prefix(end, "] ") ? end + 2 : NULL;
}

/* The text behind systemd's "[  OK  ] " or indentation. */
static const char *after_status(const char *line)
{
    const char *at = g_str_has_prefix(line, "[  OK  ]") ? line + 8 : line;
    return at + strspn(at, " ");
}

static bool advance(struct progress *progress, unsigned percent, const char *stage)
{
    if (percent <= progress->percent) {
        return false;
    }
    progress->percent = percent;
    progress->stage = stage;
    return true;
}

static bool finish_if_ready(struct progress *progress)
{
    return progress_ready(progress) && advance(progress, 100, "home screen ready");
}

static void fail(struct progress *progress, const char *failure, const char *why)
{
    const char *end;

    progress->failure = failure;
    g_strlcpy(progress->why, why, sizeof(progress->why));
    if (!g_utf8_validate(progress->why, -1, &end)) { /* cut within a character */
        progress->why[end - progress->why] = '\0';
    }
}

static void withdraw(struct progress *progress)
{
    progress->failure = NULL;
    progress->why[0] = '\0';
}

static bool pass_mark(struct progress *progress, enum source source, const char *text)
{
    bool changed = false;

    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i].source == source && g_str_has_prefix(text, marks[i].text)) {
            changed |= advance(progress, marks[i].percent, marks[i].stage);
        }
    }
    return changed;
}

static bool kernel_line(struct progress *progress, const char *text, uint64_t end)
{
    bool changed = pass_mark(progress, KERNEL, text);

    if (changed && progress->failure) {
        withdraw(progress);
    }
    if (!progress->home_line && g_str_has_prefix(text, HOME_LINE)) {
        progress->home_line = true;
        changed = true;
    }
    if (!progress->failure && g_str_has_prefix(text, CANNOT_START)) {
        g_autofree char *why = g_strconcat("cannot start: ", text + strlen(CANNOT_START), NULL);
        fail(progress, start_failed, why);
        changed = true;
    }
    if (g_str_has_prefix(text, PANIC_START) && g_str_has_suffix(text, PANIC_END)) {
        progress->last_words = true;
        progress->silent_at = end;
    }
    return changed;
}

bool progress_line(struct progress *progress, const char *line, uint64_t end)
{
    const char *text = after_stamp(line);
    bool changed =
        text ? kernel_line(progress, text, end) : pass_mark(progress, SYSTEMD, after_status(line));

    return finish_if_ready(progress) || changed;
}

bool progress_output(struct progress *progress, uint64_t end)
{
    if (!progress->last_words || end <= progress->silent_at) {
        return false;
    }
    progress->last_words = false;
    if (progress->failure != panicked) {
        return false;
    }
    withdraw(progress);
    return true;
}

bool progress_silence(struct progress *progress)
{
    if (!progress->last_words || progress->failure) {
        return false;
    }
    fail(progress, panicked, "kernel panic");
    return true;
}

const char *progress_failure(const char *name)
{
    if (g_strcmp0(name, panicked) == 0) {
        return panicked;
    }
    return g_strcmp0(name, start_failed) == 0 ? start_failed : NULL;
}

bool progress_started(struct progress *progress)
{
    return advance(progress, 4, "loading");
}

bool progress_scanout(struct progress *progress)
{
    bool changed = !progress->scanout;

    progress->scanout = true;
    changed |= advance(progress, SCANOUT_PERCENT, "home screen");
    changed |= finish_if_ready(progress);
    return changed;
}

bool progress_ready(const struct progress *progress)
{
    return progress->home_line && progress->scanout && !progress->failure;
}

const char *progress_stage(const struct progress *progress)
{
    return progress->failure ? progress->why : progress->stage;
}
