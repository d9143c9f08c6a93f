/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth clip: the clipboard of a persona's user. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "command.h"
#include "guest.h"
#include "print.h"
#include "say.h"
#include "session.h"

#define GET                                                                                     \
    "need wl-paste\n"                                                                           \
    "user wl-paste --list-types 2> /dev/null | grep -q '^text/\\|^UTF8_STRING$\\|^STRING$' || " \
    "die 'there is no text in the clipboard'\n"                                                 \
    "user wl-paste --no-newline --type text\n"

/*
 * Whoever has put something into a clipboard has to stay and hand it out: that is a unit of the
 * user's, which ends when something else comes into the clipboard. Each has a name that no other
 * has, because systemd forgets one that has ended a moment later.
 */
#define SET                                                                                     \
    "need wl-copy\n"                                                                            \
    "unit=phonebooth-clip-$$.service folder=$XDG_RUNTIME_DIR/phonebooth\n"                      \
    "user mkdir -p $folder && user tee $folder/clip > /dev/null || exit 1\n"                    \
    "user systemctl --user -q stop 'phonebooth-clip-*' 2> /dev/null\n"                          \
    "user systemd-run --user -q --collect --unit=$unit -E WAYLAND_DISPLAY=$WAYLAND_DISPLAY "    \
    "-p StandardInput=file:$folder/clip wl-copy --foreground --type text/plain || exit 1\n"     \
    "for try in 1 2 3 4 5 6 7 8 9 10; do\n"                                                     \
    "  user wl-paste --no-newline --type text 2> /dev/null | cmp -s - $folder/clip && exit 0\n" \
    "  sleep 0.3\n"                                                                             \
    "done\n"                                                                                    \
    "die 'the text does not come into the clipboard'\n"

/* A descriptor with the text to read; -1: none. */
static int text_input(const char *text)
{
    int file = memfd_create("clip", MFD_CLOEXEC);
    gsize length = strlen(text);

    if (file >= 0 && (write(file, text, length) != (gssize)length || lseek(file, 0, SEEK_SET))) {
        close(file);
        file = -1;
    }
    return file;
}

static int set(struct guest *guest, const char *text)
{
    int input = text ? text_input(text) : STDIN_FILENO;

    if (input < 0) {
        say("the text cannot be passed on: %s", g_strerror(errno));
        return EXIT_LOCAL;
    }
    int code = guest_ask_with(guest, SESSION SET, input, NULL);
    if (text != NULL) {
        close(input);
    }
    return code;
}

int cli_clip(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    gboolean sets = strcmp(print_text_of(parsed->own, "action", ""), "set") == 0;
    const char *text = print_text_of(parsed->own, "text", NULL);
    g_autoptr(guest) guest = NULL;

    if (!sets && text != NULL) {
        return cli_usage(command->name, "get takes no text");
    }
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    if (code != EXIT_DONE) {
        return code;
    }
    return sets ? set(guest, text) : guest_ask(guest, SESSION GET, NULL);
}
