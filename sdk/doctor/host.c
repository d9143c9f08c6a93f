/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The computer: its system, memory, disks. */
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "findings.h"

/* A value of /etc/os-release; free with g_free(). NULL: it has none. */
static char *os_value(const char *key)
{
    return g_get_os_info(key);
}

void doctor_release(GPtrArray *findings)
{
    g_autofree char *id = os_value(G_OS_INFO_KEY_ID), *version = os_value(G_OS_INFO_KEY_VERSION_ID);
    g_autofree char *name = os_value(G_OS_INFO_KEY_PRETTY_NAME);
    gboolean known = g_strcmp0(id, "debian") == 0 &&
                     (g_strcmp0(version, "12") == 0 || g_strcmp0(version, "13") == 0);

    doctor_add(findings, "system", known ? DOCTOR_OK : DOCTOR_NOTE,
               known ? NULL : "Phonebooth is tested on Debian 12 and 13", "%s",
               name ? name : "unknown");
}

/* MiB of a line of /proc/meminfo; 0: it has none. */
static guint64 memory_of(const char *text, const char *key)
{
    const char *line = strstr(text, key);
    guint64 kib = 0;

    return line && sscanf(line + strlen(key), ": %" G_GUINT64_FORMAT, &kib) == 1 ? kib >> 10 : 0;
}

void doctor_memory(GPtrArray *findings, guint64 needed_mib)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL)) {
        doctor_add(findings, "memory", DOCTOR_NOTE, "mount /proc", "unknown: no /proc/meminfo");
        return;
    }
    guint64 available = memory_of(text, "MemAvailable"), swap = memory_of(text, "SwapFree");
    gboolean enough = available + swap >= needed_mib;
    doctor_add(findings, "memory", enough ? DOCTOR_OK : DOCTOR_PROBLEM,
               enough ? NULL : "end other programs, add swap, or take a smaller handset",
               "%" G_GUINT64_FORMAT " MiB free, %" G_GUINT64_FORMAT
               " MiB of swap; a phone of this handset has %" G_GUINT64_FORMAT " MiB",
               available, swap, needed_mib);
}

/* The next folder above that is there. Free with g_free(). */
static char *existing(const char *folder)
{
    char *path = g_canonicalize_filename(folder, NULL);

    while (!g_file_test(path, G_FILE_TEST_IS_DIR) && strcmp(path, "/") != 0) {
        char *above = g_path_get_dirname(path);
        g_free(path);
        path = above;
    }
    return path;
}

void doctor_disk(GPtrArray *findings, const char *what, const char *folder, guint64 needed_mib)
{
    g_autofree char *path = existing(folder);
    struct statvfs fs;

    if (statvfs(path, &fs) != 0) {
        doctor_add(findings, "disk", DOCTOR_PROBLEM, "look at the disk", "%s: unknown", path);
        return;
    }
    guint64 free_mib = (guint64)fs.f_bavail * fs.f_frsize >> 20;
    gboolean enough = free_mib >= needed_mib;
    g_autofree char *remedy =
        g_strdup_printf("free %" G_GUINT64_FORMAT " MiB there, or more", needed_mib - free_mib);
    doctor_add(findings, "disk", enough ? DOCTOR_OK : DOCTOR_PROBLEM, enough ? NULL : remedy,
               "%s: %" G_GUINT64_FORMAT " MiB free in %s", what, free_mib, path);
}
