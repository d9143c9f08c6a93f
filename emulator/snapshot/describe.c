/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/describe.h"

#include <gio/gio.h>

#include "phone/record.h"

static bool write_picture(struct shadow *shadow, const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, STORE_SCREEN, NULL);
    int width, height;
    g_autoptr(GBytes) png = shadow_png(shadow, &width, &height, NULL);

    return !png || g_file_set_contents(path, g_bytes_get_data(png, NULL),
                                       (gssize)g_bytes_get_size(png), error);
}

static bool write_header(struct snapshot_header *header, const struct snapshots_config *config,
                         const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, STORE_HEADER, NULL);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    header->time = g_date_time_format_iso8601(now);
    header->board = g_strdup(config->handset->board->name);
    header->memory_mib = config->handset->memory_mib;
    header->phone = record_write(config->phone);
    return header_write(header, path, error);
}

bool describe_phone(struct snapshot_header *header, const struct snapshots_config *config,
                    const char *dir, GError **error)
{
    return write_header(header, config, dir, error) &&
           write_picture(&config->screen->shadow, dir, error);
}
