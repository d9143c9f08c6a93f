/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth signer: the keys that apps are signed with. */
#include <string.h>

#include "../app/bundle.h"
#include "../app/key.h"
#include "command.h"
#include "output.h"
#include "print.h"

static void say(const struct cli *cli, const char *file, const char *signer)
{
    g_autoptr(JsonObject) object = json_object_new();

    json_object_set_string_member(object, "file", file);
    if (signer != NULL) {
        json_object_set_string_member(object, "signer", signer);
    } else {
        json_object_set_null_member(object, "signer");
    }
    if (cli->json) {
        print_json(object);
    } else {
        output_printf("%s\n", signer ? signer : "not signed");
    }
}

static int say_key(const struct cli *cli, const char *file, const key *key)
{
    g_autofree char *signer = key_hex(key->public, KEY_PUBLIC);

    say(cli, file, signer);
    return EXIT_DONE;
}

static int create(const struct cli *cli, const char *file)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(key) key = key_create(file, &error);

    return key ? say_key(cli, file, key) : cli_fail(error);
}

static int show(const struct cli *cli, const char *file)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(bundle) bundle = NULL;
    g_autoptr(key) key = NULL;

    if (!g_str_has_suffix(file, ".bapp")) {
        key = key_read(file, &error);
        return key ? say_key(cli, file, key) : cli_fail(error);
    }
    bundle = bundle_open(file, &error);
    if (bundle == NULL) {
        return cli_fail(error);
    }
    say(cli, file, bundle->signer);
    return EXIT_DONE;
}

int cli_signer(const struct cli *cli, const struct command *command G_GNUC_UNUSED,
               const struct parsed *parsed)
{
    const char *file = print_text_of(parsed->own, "file", "");

    return strcmp(print_text_of(parsed->own, "action", ""), "new") == 0 ? create(cli, file)
                                                                        : show(cli, file);
}
