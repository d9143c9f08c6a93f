/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "error.h"
#include "format.h"
#include "guest_files.h"
#include "kernel.h"
#include "output.h"

#define SECTOR 512u

static gboolean check_size(const guint8 *data, gsize size, GError **error)
{
    guint64 whole = pack_format_size(data, size);

    return whole <= size ||
           pack_fail(error,
                     "truncated: %" G_GSIZE_FORMAT " bytes, but the file system in "
                     "it is larger; make it again",
                     size);
}

static gboolean prepare_kernel(GBytes **bytes, const struct pack_vm *vm, GError **error)
{
    *bytes = pack_kernel_prepare(*bytes, vm, error);
    return *bytes != NULL;
}

static gboolean prepare_firmware(GBytes **bytes, const struct pack_vm *vm, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);
    enum pack_format format = pack_format_of(data, size);

    (void)vm;
    return format == FORMAT_UNKNOWN ||
           pack_fail(error, "%s, not the contents of a flash; give a flat binary, as QEMU's -bios",
                     pack_format_name(format));
}

static gboolean prepare_initrd(GBytes **bytes, const struct pack_vm *vm, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);
    enum pack_format format = pack_format_of(data, size);

    if (vm->is_flat) {
        return TRUE;
    }
    if (!pack_format_is_initrd(format)) {
        return pack_fail(error,
                         "%s, not an initrd; give a cpio archive (gzip, xz, zstd, lz4 ... or not "
                         "packed) or a file system",
                         pack_format_name(format));
    }
    return check_size(data, size, error);
}

static gboolean prepare_system(GBytes **bytes, const struct pack_vm *vm, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);
    enum pack_format format = pack_format_of(data, size);

    (void)vm;
    if (format == FORMAT_QCOW2 || (format >= FORMAT_GZIP && format <= FORMAT_ZSTD)) {
        return pack_fail(error, "%s; give a raw image (qemu-img convert -O raw, or unpack it)",
                         pack_format_name(format));
    }
    if (size % SECTOR) {
        return pack_fail(error,
                         "%" G_GSIZE_FORMAT " bytes are not a whole number of sectors (512): "
                         "truncated? make it again",
                         size);
    }
    return check_size(data, size, error);
}

static gboolean read_file(const struct pack_vm *vm, const char *file, const char *key,
                          const char *path, GBytes **bytes,
                          gboolean (*prepare)(GBytes **, const struct pack_vm *, GError **),
                          GError **error)
{
    if (!path) {
        return TRUE;
    }
    *bytes = pack_input(path, error);
    if (!*bytes) {
        g_prefix_error(error, "%s: [vm %s] %s: ", file, vm->name, key);
        return FALSE;
    }
    if (!prepare(bytes, vm, error)) {
        g_prefix_error(error, "%s: [vm %s] %s: %s: ", file, vm->name, key, path);
        return FALSE;
    }
    return TRUE;
}

gboolean pack_guest_files_read(struct pack_guest_files *files, const struct pack_vm *vm,
                               const char *file, GError **error)
{
    const char *path = vm->kernel ? vm->kernel : vm->firmware;

    *files = (struct pack_guest_files){0};
    if (!read_file(vm, file, "kernel", vm->kernel, &files->program, prepare_kernel, error) ||
        !read_file(vm, file, "firmware", vm->firmware, &files->program, prepare_firmware, error) ||
        !read_file(vm, file, "initrd", vm->initrd, &files->initrd, prepare_initrd, error) ||
        !read_file(vm, file, "system", vm->system, &files->system, prepare_system, error)) {
        return FALSE;
    }
    if (!pack_image_examine(&files->program, vm->firmware != NULL, &files->image, error)) {
        g_prefix_error(error, "%s: [vm %s] kernel: %s: ", file, vm->name, path);
        return FALSE;
    }
    return TRUE;
}

void pack_guest_files_finish(struct pack_guest_files *files)
{
    g_clear_pointer(&files->program, g_bytes_unref);
    g_clear_pointer(&files->initrd, g_bytes_unref);
    g_clear_pointer(&files->system, g_bytes_unref);
}
