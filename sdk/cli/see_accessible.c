/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "see_accessible.h"

#include <unistd.h>

#include "../see/accessible.h"
#include "guest.h"
#include "output.h"
#include "print.h"
#include "say.h"
#include "session.h"
#include "share.h"

/* Exit codes of accessible.py. */
enum { NOT_SO = 1, NO_BUS = 3 };

static JsonObject *to_json(const struct accessible *accessible)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "app", accessible->app);
    json_object_set_string_member(object, "role", accessible->role);
    json_object_set_string_member(object, "name", accessible->name);
    print_add_place(object, accessible->x, accessible->y, accessible->width, accessible->height);
    return object;
}

static void print_found(const GPtrArray *found, gboolean json)
{
    g_autoptr(JsonObject) all = json_object_new();
    JsonArray *list = json_array_new();

    json_object_set_array_member(all, "accessible", list);
    for (guint i = 0; i < found->len; i++) {
        const struct accessible *accessible = found->pdata[i];
        if (json) {
            json_array_add_object_element(list, to_json(accessible));
        } else {
            output_printf("%4d %4d %4d %4d  %-20s %s/%s\n", accessible->x, accessible->y,
                          accessible->width, accessible->height, accessible->app, accessible->role,
                          accessible->name);
        }
    }
    if (json) {
        print_json(all);
    }
}

/* The program's lines, and its exit status. */
static int ask(struct guest *guest, const struct see_accessible *see, char **output, int *status)
{
    g_autofree char *role = NULL, *name = NULL;
    const gboolean all = see->wanted == NULL || !accessible_split(see->wanted, &role, &name);
    g_autofree char *quoted_role = g_shell_quote(all ? "" : role);
    g_autofree char *quoted_name = g_shell_quote(all ? "" : name);
    g_autofree char *line =
        g_strdup_printf(SESSION "need python3\nuser python3 -BI - %s %s %s %.1f; echo $?\n",
                        see->tap    ? "do"
                        : see->gone ? "gone"
                                    : "list",
                        quoted_role, quoted_name, see->seconds);
    int input = share_open("guest/accessible.py");

    if (input < 0) {
        return EXIT_LOCAL;
    }
    int code = guest_ask_with(guest, line, input, output);
    close(input);
    /* the last line is the status: that of the line itself only says whether there is a session */
    char *end = code == EXIT_DONE ? g_strrstr(g_strchomp(*output), "\n") : NULL;
    *status = code == EXIT_DONE ? (int)g_ascii_strtoll(end ? end + 1 : *output, NULL, 10) : 0;
    return code;
}

static int tell(const struct see_accessible *see, const char *vm, int status)
{
    if (status == NO_BUS) {
        say("%s: it has no at-spi2-core, which apps tell their contents by: "
            "'booth persona upgrade' brings the newest image",
            vm);
        return EXIT_REFUSED;
    }
    if (status == NOT_SO) {
        say("%s: '%s' is %s shown%s", vm, see->wanted ? see->wanted : "",
            see->gone ? "still" : "not", see->seconds > 0 ? " when the time is over" : "");
        return see->seconds > 0 ? EXIT_TIMEOUT : EXIT_REFUSED;
    }
    return EXIT_REFUSED; /* it has said why */
}

int see_accessible(const struct cli *cli, const struct see_accessible *see)
{
    g_autoptr(guest) guest = NULL;
    g_autofree char *output = NULL;
    int status = 0;
    int code = guest_open(cli, see->vm, &guest);

    if (code == EXIT_DONE) {
        code = ask(guest, see, &output, &status);
    }
    if (code != EXIT_DONE || status != 0) {
        return code != EXIT_DONE ? code : tell(see, guest->vm, status);
    }
    if (!see->tap && !see->gone) {
        g_autoptr(GPtrArray) found = accessible_read(output);
        print_found(found, cli->json);
    }
    return EXIT_DONE;
}
