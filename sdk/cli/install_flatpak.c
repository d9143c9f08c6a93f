/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "install_flatpak.h"

#include "guest_tar.h"
#include "install_say.h"

/* What flatpak says goes to a file: of it the app's name is shown, or why it fails. */
static const char install[] =
    "command -v flatpak > /dev/null || { echo 'booth: there is no flatpak in this persona' >&2; "
    "exit 1; }\n" GUEST_RECEIVE "log=$new/log\n"
    "if ! LC_ALL=C flatpak install --system --noninteractive --reinstall \"$new\"/app.flatpak* > "
    "\"$log\" 2>&1; then\n"
    "  { grep -m 1 -i '^error:' \"$log\" || tail -n 1 \"$log\"; } |\n"
    "    sed \"s,$new/,,g; s/^[Ee]rror: */booth: flatpak: /\" >&2\n"
    "  exit 1\n"
    "fi\n"
    "sed -n 's,^[A-Z][a-z]* app/\\([^/]*\\)/.*,\\1,p' \"$log\" | tail -n 1\n";

gboolean flatpak_is(const char *path)
{
    return g_str_has_suffix(path, ".flatpak") || g_str_has_suffix(path, ".flatpakref");
}

int flatpak_install(struct guest *guest, const char *path)
{
    const char *name = g_str_has_suffix(path, "ref") ? "app.flatpakref" : "app.flatpak";
    const struct tar_item items[] = {{(char *)path, (char *)name}, {NULL, NULL}};
    g_autofree char *id = NULL;
    int code = guest_send(guest, NULL, install, items, &id);

    if (code == EXIT_DONE) {
        g_strchomp(id);
        install_say(guest, "flatpak", id[0] ? id : path, NULL);
    }
    return code;
}
