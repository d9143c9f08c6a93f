/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth see: the text on the screen; waits for it, and taps it. */
#include <string.h>

#include "command.h"
#include "output.h"
#include "patience.h"
#include "print.h"
#include "say.h"
#include "see.h"
#include "see_accessible.h"

struct look {
    const struct cli *cli;
    const char *vm;     /* NULL: the screen */
    const char *wanted; /* NULL: all */
    gboolean tap, gone;
    double seconds;  /* until it is there; with `gone`, until it is not */
    GBytes *picture; /* that was read last */
};

/* Where what is wanted is in `one`, in *place without a text of its own. */
static gboolean fits(const struct look *look, const struct seen *one, struct seen *place)
{
    *place = *one;
    return look->wanted == NULL || text_find(one, look->wanted, place);
}

/* What is wanted, in a new list whose texts belong to `seen`. */
static GArray *choose(const struct look *look, const GPtrArray *seen)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct seen));

    for (guint i = 0; i < seen->len; i++) {
        const struct seen *one = seen->pdata[i];
        struct seen place;
        if (fits(look, one, &place)) {
            place.text = one->text;
            g_array_append_val(found, place);
        }
    }
    return found;
}

static JsonObject *to_json(const struct seen *seen)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "text", seen->text);
    print_add_place(object, seen->x, seen->y, seen->width, seen->height);
    return object;
}

static void print_found(const struct look *look, const GArray *found)
{
    g_autoptr(JsonObject) all = json_object_new();
    JsonArray *list = json_array_new();

    json_object_set_array_member(all, "seen", list);
    for (guint i = 0; i < found->len; i++) {
        const struct seen *seen = &g_array_index(found, struct seen, i);
        if (look->cli->json) {
            json_array_add_object_element(list, to_json(seen));
        } else {
            output_printf("%4d %4d %4d %4d  %s\n", seen->x, seen->y, seen->width, seen->height,
                          seen->text);
        }
    }
    if (look->cli->json) {
        print_json(all);
    }
}

static int press(const struct look *look, const struct seen *seen)
{
    g_autoptr(JsonObject) request = cli_request("tap");
    json_object_set_int_member(request, "x", seen->x + seen->width / 2);
    json_object_set_int_member(request, "y", seen->y + seen->height / 2);
    return cli_do(look->cli, request);
}

/* Looks once. *found: NULL if the screen is the same as the last time. */
static int look_once(struct look *look, GPtrArray **seen, GArray **found)
{
    int code = see_texts(look->cli, look->vm, &look->picture, seen);

    *found = code == EXIT_DONE && *seen ? choose(look, *seen) : NULL;
    return code;
}

static int not_so(const struct look *look, gboolean waited)
{
    say("the text '%s' is %s on the screen%s", look->wanted, look->gone ? "still" : "not",
        waited ? " when the time is over" : "");
    return waited ? EXIT_TIMEOUT : EXIT_REFUSED;
}

static int conclude(const struct look *look, const GArray *found)
{
    if (!look->gone && !look->tap) {
        print_found(look, found);
    }
    return look->tap ? press(look, &g_array_index(found, struct seen, 0)) : EXIT_DONE;
}

static int look_until(struct look *look)
{
    struct patience patience;

    patience_begin(&patience, look->cli, look->seconds);
    for (;;) {
        g_autoptr(GPtrArray) seen = NULL;
        g_autoptr(GArray) found = NULL;
        int code = look_once(look, &seen, &found);

        if (code != EXIT_DONE) {
            return code;
        }
        if (found && (look->wanted == NULL || (found->len > 0) != look->gone)) {
            return conclude(look, found);
        }
        if (!patience_wait(&patience)) {
            return not_so(look, look->seconds > 0);
        }
    }
}

static int accessible(const struct command *command, const struct look *look, double seconds)
{
    if (look->tap && look->gone) {
        return cli_usage(command->name, "--tap does not go with --gone");
    }
    return see_accessible(look->cli, &(const struct see_accessible){
                                         look->vm, look->wanted, look->tap, look->gone, seconds});
}

int cli_see(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const double seconds = json_object_get_double_member_with_default(parsed->own, "wait", 0);
    struct look look = {
        .cli = cli,
        .vm = print_text_of(parsed->own, "vm", NULL),
        .wanted = print_text_of(parsed->own, "wanted", NULL),
        .tap = json_object_has_member(parsed->own, "tap"),
        .gone = json_object_has_member(parsed->own, "gone"),
    };

    if (look.wanted == NULL && (look.tap || look.gone || seconds > 0)) {
        return cli_usage(command->name, "--tap, --gone and --wait need something to look for");
    }
    if (strcmp(print_text_of(parsed->own, "what", ""), "accessible") == 0) {
        return accessible(command, &look, seconds);
    }
    if (look.tap && (look.gone || look.vm)) {
        return cli_usage(command->name, "--tap goes neither with --gone nor with --vm");
    }
    look.seconds = seconds;
    int code = look_until(&look);
    g_clear_pointer(&look.picture, g_bytes_unref);
    return code;
}
