/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth open: an address, in the app that the persona's user has for it. */
#include <string.h>

#include "command.h"
#include "guest.h"
#include "print.h"
#include "session.h"

/* The app lives on when gio has started it, and has gio's output: that is a file. */
#define OPEN                                                                                      \
    "said=$(mktemp) || exit 1\n"                                                                  \
    "trap 'rm -f $said' EXIT\n"                                                                   \
    "user systemd-run --user -q --collect --wait --pipe -p KillMode=process "                     \
    "-E WAYLAND_DISPLAY=$WAYLAND_DISPLAY gio open -- \"$url\" > $said 2>&1 < /dev/null && exit\n" \
    "die \"the persona cannot open it: $(sed -n '1s/^gio: //p' $said)\"\n"

/* A scheme, a colon, and something that is no space. */
static gboolean is_url(const char *text)
{
    g_autofree char *scheme = g_uri_parse_scheme(text);

    return scheme != NULL && text[strlen(scheme) + 1] != '\0' && strpbrk(text, " \t\r\n") == NULL;
}

int cli_open(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *url = print_text_of(parsed->own, "url", "");
    g_autoptr(guest) guest = NULL;

    if (!is_url(url)) {
        return cli_usage(command->name,
                         "'%s' is no address, such as https://www.debian.org or tel:112", url);
    }
    g_autofree char *quoted = g_shell_quote(url);
    g_autofree char *line = g_strdup_printf(SESSION "url=%s\n" OPEN, quoted);
    int code = guest_open(cli, print_text_of(parsed->own, "vm", NULL), &guest);
    return code == EXIT_DONE ? guest_ask(guest, line, NULL) : code;
}
