/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth reset */
#include "../handset/error.h"
#include "../handset/facts.h"
#include "../handset/files.h"
#include "../handset/reset.h"
#include "choose.h"
#include "command.h"
#include "factory.h"
#include "output.h"
#include "print.h"

static gboolean check(const char *dir, const char *persona, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(dir, error);

    return facts &&
           (persona == NULL || facts_persona(facts, persona) ||
            handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona '%s'", dir, persona));
}

static gboolean reset_now(const char *dir, const char *persona, GError **error)
{
    int held = files_hold(dir, TRUE, error);
    gboolean done =
        held >= 0 && (persona ? reset_persona(dir, persona, error) : factory_reset(dir, error));

    files_release(held);
    return done;
}

int cli_reset(const struct cli *cli, const struct command *command, const struct parsed *parsed)
{
    const char *persona = print_text_of(parsed->own, "persona", NULL);
    gboolean yes = json_object_get_boolean_member_with_default(parsed->own, "yes", FALSE);
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_place) place =
        choose_own_handset(cli, print_text_of(parsed->own, "handset", NULL), &error);

    if (place == NULL || !check(place->dir, persona, &error)) {
        return cli_fail(error);
    }
    g_autofree char *what =
        g_strdup_printf("%s: what %s stored will be gone, but for named snapshots", place->dir,
                        persona ? persona : "all personas have");
    int code = choose_confirm(command->name, yes, what);
    if (code != EXIT_DONE) {
        return code;
    }
    return reset_now(place->dir, persona, &error) ? EXIT_DONE : cli_fail(error);
}
