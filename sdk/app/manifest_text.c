/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a phone gets of an app's description. */
#include "manifest.h"

char *manifest_text(const manifest *manifest)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();

    g_key_file_set_string(ini, "app", "id", manifest->id);
    g_key_file_set_string(ini, "app", "name", manifest->name);
    g_key_file_set_string(ini, "app", "version", manifest->version);
    if (manifest->icon != NULL) {
        g_key_file_set_string(ini, "app", "icon", manifest->icon);
    }
    g_key_file_set_string(ini, "app", "entry", manifest->entry);
    g_key_file_set_string_list(ini, "app", "permissions",
                               (const char *const *)manifest->permissions,
                               g_strv_length(manifest->permissions));
    return g_key_file_to_data(ini, NULL, NULL);
}

char *manifest_desktop_entry(const manifest *manifest, const char *icon)
{
    g_autoptr(GKeyFile) entry = g_key_file_new();
    g_autofree char *start =
        g_strdup_printf("systemctl start phonebooth-app@%s.service", manifest->id);

    g_key_file_set_string(entry, "Desktop Entry", "Type", "Application");
    g_key_file_set_string(entry, "Desktop Entry", "Name", manifest->name);
    g_key_file_set_string(entry, "Desktop Entry", "Exec", start);
    g_key_file_set_string(entry, "Desktop Entry", "Icon", icon ? icon : "application-x-executable");
    g_key_file_set_string(entry, "Desktop Entry", "StartupWMClass", manifest->id);
    /* Phosh shows what says that it fits on a phone */
    g_key_file_set_string(entry, "Desktop Entry", "X-Purism-FormFactor", "Workstation;Mobile;");
    return g_key_file_to_data(entry, NULL, NULL);
}
