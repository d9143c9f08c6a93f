/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "see.h"

#include "../see/ocr.h"
#include "print.h"
#include "say.h"

static int take_picture(const struct cli *cli, const char *vm, GBytes **png)
{
    g_autoptr(JsonObject) request = cli_request("shot");
    g_autoptr(JsonObject) reply = NULL;
    gsize length = 0;

    if (vm != NULL) {
        json_object_set_string_member(request, "vm", vm);
    }
    int code = cli_call(cli, request, &reply);
    if (code == EXIT_DONE) {
        guchar *bytes = g_base64_decode(print_text_of(reply, "png", ""), &length);
        *png = g_bytes_new_take(bytes, length);
    }
    return code;
}

int see_texts(const struct cli *cli, const char *vm, GBytes **before, GPtrArray **seen)
{
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GError) error = NULL;
    int code = take_picture(cli, vm, &png);

    *seen = NULL;
    if (code != EXIT_DONE || (*before && g_bytes_equal(png, *before))) {
        return code;
    }
    gsize size;
    const void *bytes = g_bytes_get_data(png, &size);
    *seen = ocr_read(bytes, size, &error);
    if (*seen == NULL) {
        say("%s", error->message);
        return EXIT_LOCAL;
    }
    g_clear_pointer(before, g_bytes_unref);
    *before = g_steal_pointer(&png);
    return EXIT_DONE;
}
