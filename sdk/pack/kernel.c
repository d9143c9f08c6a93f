/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "format.h"
#include "kernel.h"
#include "unpack.h"

static const guint8 arm_stub[PACK_ARM_STUB] = {
    0x00, 0x20, 0xa0, 0xe1, /* mov r2, r0 */
    0x00, 0x10, 0xe0, 0xe3, /* mvn r1, #0 */
    0x00, 0x00, 0xa0, 0xe3, /* mov r0, #0 */
    0x00, 0xf0, 0x20, 0xe3, /* nop */
};

static GBytes *put_stub_before(GBytes *image)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(image, &size);
    guint8 *whole = g_malloc(PACK_ARM_STUB + size);

    memcpy(whole, arm_stub, PACK_ARM_STUB);
    memcpy(whole + PACK_ARM_STUB, data, size);
    return g_bytes_new_take(whole, PACK_ARM_STUB + size);
}

static gboolean check_flat(const guint8 *data, gsize size, enum pack_format format,
                           enum pack_arch arch, GError **error)
{
    if (format != FORMAT_UNKNOWN) {
        return pack_fail(error, "%s, not a kernel; give an Image or an ELF file",
                         pack_format_name(format));
    }
    if (!pack_format_is_code(data, size, arch == PACK_ARM)) {
        return pack_fail(error,
                         "neither a Linux kernel nor an ELF file, and it does not begin with code "
                         "for %s; say format=flat if it is a flat binary all the same",
                         pack_arch_name(arch));
    }
    return TRUE;
}

static gboolean check(GBytes *image, const struct pack_vm *vm, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(image, &size);
    enum pack_format format = pack_format_of(data, size);
    guint64 whole = pack_format_size(data, size);
    enum pack_arch other = vm->arch == PACK_ARM ? PACK_ARM64 : PACK_ARM;

    if (vm->is_flat) {
        return TRUE;
    }
    if (format == (other == PACK_ARM ? FORMAT_LINUX_ARM : FORMAT_LINUX_ARM64)) {
        return pack_fail(error, "%s; say arch=%s", pack_format_name(format), pack_arch_name(other));
    }
    if (format == FORMAT_LINUX_ARM64 && whole > size) {
        return pack_fail(
            error, "truncated: %" G_GSIZE_FORMAT " bytes of %" G_GUINT64_FORMAT "; make it again",
            size, whole);
    }
    if (format == FORMAT_LINUX_ARM64 || format == FORMAT_LINUX_ARM) {
        return TRUE;
    }
    if (format == FORMAT_ELF) {
        return vm->arch == PACK_ARM64 ||
               pack_fail(error, "ELF files only for arch=arm64; objcopy -O binary it");
    }
    return check_flat(data, size, format, vm->arch, error);
}

GBytes *pack_kernel_prepare(GBytes *image, const struct pack_vm *vm, GError **error)
{
    g_autoptr(GBytes) bytes = image;

    if (!vm->is_flat && !pack_unpack(&bytes, error)) {
        return NULL;
    }
    if (!check(bytes, vm, error)) {
        return NULL;
    }
    return vm->arch == PACK_ARM ? put_stub_before(bytes) : g_steal_pointer(&bytes);
}
