/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <elf.h>
#include <string.h>

#include "error.h"
#include "kernel.h"

#define IMAGE_MAGIC         "ARM\x64"
#define IMAGE_MAGIC_OFFSET  56
#define ZIMAGE_MAGIC        "\x18\x28\x6f\x01"
#define ZIMAGE_MAGIC_OFFSET 36

static const guint8 arm_stub[PACK_ARM_STUB] = {
    0x00, 0x20, 0xa0, 0xe1, /* mov r2, r0 */
    0x00, 0x10, 0xe0, 0xe3, /* mvn r1, #0 */
    0x00, 0x00, 0xa0, 0xe3, /* mov r0, #0 */
    0x00, 0xf0, 0x20, 0xe3, /* nop */
};

static gboolean has_magic(const guint8 *image, gsize size, gsize offset, const char *magic)
{
    return size > offset + 4 && !memcmp(image + offset, magic, 4);
}

static gboolean is_linux(const guint8 *image, gsize size)
{
    return has_magic(image, size, IMAGE_MAGIC_OFFSET, IMAGE_MAGIC);
}

static GBytes *put_stub_before(const guint8 *image, gsize size)
{
    guint8 *whole = g_malloc(PACK_ARM_STUB + size);

    memcpy(whole, arm_stub, PACK_ARM_STUB);
    memcpy(whole + PACK_ARM_STUB, image, size);
    return g_bytes_new_take(whole, PACK_ARM_STUB + size);
}

GBytes *pack_kernel_prepare(GBytes *image, const struct pack_vm *vm, const char *file,
                            GError **error)
{
    g_autoptr(GBytes) bytes = image;
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    enum pack_arch other = vm->arch == PACK_ARM ? PACK_ARM64 : PACK_ARM;

    if (vm->arch == PACK_ARM ? is_linux(data, size)
                             : has_magic(data, size, ZIMAGE_MAGIC_OFFSET, ZIMAGE_MAGIC)) {
        pack_fail(error, "%s: [vm %s] kernel: a Linux kernel for %s; say arch=%s", file, vm->name,
                  pack_arch_name(other), pack_arch_name(other));
        return NULL;
    }
    if (vm->arch == PACK_ARM && has_magic(data, size, 0, ELFMAG)) {
        pack_fail(error, "%s: [vm %s] kernel: ELF files only for arch=arm64; objcopy -O binary it",
                  file, vm->name);
        return NULL;
    }
    return vm->arch == PACK_ARM ? put_stub_before(data, size) : g_steal_pointer(&bytes);
}
