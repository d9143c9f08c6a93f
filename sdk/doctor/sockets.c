/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where phones and booth meet. */
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../lib/booth.h"
#include "findings.h"

/* The folder of the sockets' folders; free with g_free(). */
static char *base_folder(void)
{
    g_autofree char *socket = booth_socket_path(NULL);
    g_autofree char *phone = g_path_get_dirname(socket);

    return g_path_get_dirname(phone);
}

/* Why no socket can be in there; NULL: it can. */
static const char *wrong_with(const char *base)
{
    g_autofree char *above = g_path_get_dirname(base);
    GStatBuf info;

    if (g_lstat(base, &info) != 0) {
        return access(above, W_OK | X_OK) == 0 ? NULL : "cannot be made by you";
    }
    if (!S_ISDIR(info.st_mode)) {
        return "is no folder";
    }
    return info.st_uid != getuid() ? "is another user's" : NULL;
}

static void look_at_phone(GPtrArray *findings, const char *name)
{
    g_autofree char *path = booth_socket_path(name);
    g_autoptr(booth_client) client = booth_client_new(path, NULL);
    g_autoptr(JsonObject) request = json_object_new();
    g_autoptr(JsonObject) reply = NULL;

    if (client == NULL) {
        return; /* it has ended */
    }
    json_object_set_string_member(request, "verb", "hello");
    reply = booth_client_call(client, request, NULL);
    if (reply == NULL) {
        doctor_add(findings, "phone", DOCTOR_PROBLEM, "end its process", "%s: does not answer",
                   name);
    } else {
        doctor_add(findings, "phone", DOCTOR_OK, NULL, "%s runs, process %d, version %s", name,
                   (int)json_object_get_int_member_with_default(reply, "pid", 0),
                   json_object_get_string_member_with_default(reply, "version", "?"));
    }
}

void doctor_sockets(GPtrArray *findings)
{
    g_autofree char *base = base_folder(),
                    *longest = booth_socket_path("12345678901234567890123456789012");
    const char *wrong = wrong_with(base);
    const char *name;

    if (strlen(longest) >= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
        wrong = "is too long a path for a socket";
    }
    doctor_add(findings, "sockets", wrong ? DOCTOR_PROBLEM : DOCTOR_OK,
               wrong ? "set XDG_RUNTIME_DIR to a folder of yours with a short path" : NULL,
               "%s%s%s", base, wrong ? " " : "", wrong ? wrong : "");
    g_autoptr(GDir) dir = g_dir_open(base, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        look_at_phone(findings, name);
    }
}
