/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/layer.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/machine_args.h"
#include "snapshot/failure.h"

#define MAGIC          0x514649fbu /* "QFI\xfb" */
#define VERSION        3u
#define CLUSTER_BITS   16u
#define CLUSTER        (1u << CLUSTER_BITS)
#define L1_COVERS      ((uint64_t)CLUSTER / 8 * CLUSTER) /* bytes of the disk per entry */
#define HEADER_BYTES   104u
#define BELOW_FORMAT   0xe2792acau /* header extension: format of the file below */
#define BELOW_NAME_MAX 1023u
#define BELOW_NAME_AT  (CLUSTER - BELOW_NAME_MAX - 1) /* of layer_set_below() */
#define CHAIN_MAX      1000u /* layers of a disk; QEMU itself has no limit */

/* Clusters of a new layer, in this order; the L1 table may need more than one. */
enum { CLUSTER_HEADER, CLUSTER_REFCOUNT_TABLE, CLUSTER_REFCOUNTS, CLUSTER_L1 };

/* Offsets of the header's fields; all big endian. */
enum {
    AT_MAGIC = 0,
    AT_VERSION = 4,
    AT_BELOW_OFFSET = 8,
    AT_BELOW_SIZE = 16,
    AT_CLUSTER_BITS = 20,
    AT_SIZE = 24,
    AT_L1_SIZE = 36,
    AT_L1_OFFSET = 40,
    AT_REFCOUNT_OFFSET = 48,
    AT_REFCOUNT_CLUSTERS = 56,
    AT_INCOMPATIBLE = 72,
    AT_REFCOUNT_ORDER = 96,
    AT_HEADER_LENGTH = 100,
};

static void put32(uint8_t *header, unsigned at, uint32_t value)
{
    value = GUINT32_TO_BE(value);
    memcpy(header + at, &value, sizeof(value));
}

static void put64(uint8_t *header, unsigned at, uint64_t value)
{
    value = GUINT64_TO_BE(value);
    memcpy(header + at, &value, sizeof(value));
}

static uint32_t get32(const uint8_t *header, unsigned at)
{
    uint32_t value;

    memcpy(&value, header + at, sizeof(value));
    return GUINT32_FROM_BE(value);
}

static uint64_t get64(const uint8_t *header, unsigned at)
{
    uint64_t value;

    memcpy(&value, header + at, sizeof(value));
    return GUINT64_FROM_BE(value);
}

/* The first cluster of a file; what is not there is zero. */
static uint8_t *read_head(const char *path, GError **error)
{
    g_autofree uint8_t *head = g_malloc0(CLUSTER);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool done = fd >= 0 && pread(fd, head, CLUSTER, 0) >= 0;

    if (!done) {
        failure_errno(error, "read", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done ? g_steal_pointer(&head) : NULL;
}

static bool is_qcow2(const char *name)
{
    return strcmp(machine_args_disk_format(name), "qcow2") == 0;
}

bool layer_disk_size(const char *image, uint64_t *size, GError **error)
{
    g_autofree uint8_t *head = read_head(image, error);
    struct stat info;

    if (!head) {
        return false;
    }
    if (is_qcow2(image)) {
        *size = get64(head, AT_SIZE);
        return true;
    }
    if (stat(image, &info) != 0) {
        return failure_errno(error, "look at", image);
    }
    *size = (uint64_t)info.st_size;
    return true;
}

/* The first cluster: header, one extension, the name of the file below. */
static void fill_header(uint8_t *head, const char *below, const char *format, uint64_t bytes)
{
    unsigned format_size = (unsigned)strlen(format);
    unsigned name_at = HEADER_BYTES + 8 + (format_size + 7) / 8 * 8 + 8;

    put32(head, AT_MAGIC, MAGIC);
    put32(head, AT_VERSION, VERSION);
    put64(head, AT_BELOW_OFFSET, name_at);
    put32(head, AT_BELOW_SIZE, (uint32_t)strlen(below));
    put32(head, AT_CLUSTER_BITS, CLUSTER_BITS);
    put64(head, AT_SIZE, bytes);
    put32(head, AT_L1_SIZE, (uint32_t)((bytes + L1_COVERS - 1) / L1_COVERS));
    put64(head, AT_L1_OFFSET, CLUSTER_L1 * CLUSTER);
    put64(head, AT_REFCOUNT_OFFSET, CLUSTER_REFCOUNT_TABLE * CLUSTER);
    put32(head, AT_REFCOUNT_CLUSTERS, 1);
    put32(head, AT_REFCOUNT_ORDER, 4); /* 16 bits */
    put32(head, AT_HEADER_LENGTH, HEADER_BYTES);
    put32(head, HEADER_BYTES, BELOW_FORMAT);
    put32(head, HEADER_BYTES + 4, format_size);
    memcpy(head + HEADER_BYTES + 8, format, format_size);
    memcpy(head + name_at, below, strlen(below));
}

static char *new_image(const char *below, const char *format, uint64_t bytes, gsize *size)
{
    unsigned l1_clusters =
        (unsigned)((bytes + L1_COVERS * CLUSTER / 8 - 1) / (L1_COVERS * CLUSTER / 8));
    unsigned clusters = CLUSTER_L1 + l1_clusters;
    uint8_t *image = g_malloc0((gsize)clusters * CLUSTER);

    fill_header(image, below, format, bytes);
    put64(image, CLUSTER_REFCOUNT_TABLE * CLUSTER, CLUSTER_REFCOUNTS * CLUSTER);
    for (unsigned i = 0; i < clusters; i++) {
        image[CLUSTER_REFCOUNTS * CLUSTER + 2 * i + 1] = 1;
    }
    *size = (gsize)clusters * CLUSTER;
    return (char *)image;
}

bool layer_create(const char *path, const char *below, uint64_t bytes, GError **error)
{
    gsize size;

    if (strlen(below) > BELOW_NAME_MAX || bytes == 0 || bytes > (uint64_t)1 << 40) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "no layer over %s: its name is too long or its size is none of a disk", below);
        return false;
    }
    g_autofree char *image = new_image(below, machine_args_disk_format(below), bytes, &size);
    return g_file_set_contents_full(path, image, (gssize)size,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0600, error);
}

/*
 * The header's extensions, which end before the name, say once which format is below, and that is
 * `format`.
 */
static bool says_format(const uint8_t *head, const char *format)
{
    uint64_t at = get32(head, AT_HEADER_LENGTH);
    uint64_t end = MIN(get64(head, AT_BELOW_OFFSET), BELOW_NAME_AT);
    bool said = false;

    while (at >= HEADER_BYTES && at + 8 <= end) {
        uint32_t kind = get32(head, (unsigned)at), size = get32(head, (unsigned)at + 4);
        if (kind == 0) {
            return said;
        }
        if (size > end - 8 - at) {
            return false;
        }
        if (kind == BELOW_FORMAT &&
            (said || size != strlen(format) || memcmp(head + at + 8, format, size) != 0)) {
            return false;
        }
        said |= kind == BELOW_FORMAT;
        at += 8 + ((uint64_t)size + 7) / 8 * 8;
    }
    return false;
}

/* No layer whose format QEMU would have to guess from what a guest wrote is taken for one. */
static bool check_format(const char *path, const uint8_t *head, const char *below, GError **error)
{
    const char *format = machine_args_disk_format(below);

    if (!says_format(head, format)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s is no layer of a disk: it does not say that what it lies over is %s", path,
                    format);
        return false;
    }
    return true;
}

char *layer_below(const char *path, GError **error)
{
    g_autofree uint8_t *head = read_head(path, error);

    if (!head) {
        return NULL;
    }
    uint64_t at = get64(head, AT_BELOW_OFFSET);
    uint32_t size = get32(head, AT_BELOW_SIZE);
    bool ours = get32(head, AT_MAGIC) == MAGIC && get32(head, AT_VERSION) == VERSION &&
                get32(head, AT_CLUSTER_BITS) == CLUSTER_BITS &&
                (get64(head, AT_INCOMPATIBLE) & ~1ull) == 0 && size > 0 && size <= BELOW_NAME_MAX &&
                at >= HEADER_BYTES && at <= CLUSTER - size;
    if (!ours) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no layer of a disk", path);
        return NULL;
    }
    g_autofree char *below = g_strndup((const char *)head + at, size);
    return check_format(path, head, below, error) ? g_steal_pointer(&below) : NULL;
}

bool layer_set_below(const char *path, const char *below, GError **error)
{
    uint8_t field[12];
    gsize length = strlen(below);
    g_autofree uint8_t *head = read_head(path, error);
    bool done;

    if (!head || !check_format(path, head, below, error)) {
        return false;
    }
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    put64(field, 0, BELOW_NAME_AT);
    put32(field, 8, (uint32_t)length);
    done = fd >= 0 && pwrite(fd, below, length, BELOW_NAME_AT) == (ssize_t)length &&
           pwrite(fd, field, sizeof(field), AT_BELOW_OFFSET) == (ssize_t)sizeof(field) &&
           fsync(fd) == 0;
    if (!done) {
        failure_errno(error, "write", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

bool layer_check_image(const char *path, GError **error)
{
    g_autofree uint8_t *head = is_qcow2(path) ? read_head(path, error) : NULL;

    if (!is_qcow2(path)) {
        return true;
    }
    if (!head) {
        return false;
    }
    bool data_file = get32(head, AT_VERSION) >= VERSION && (get64(head, AT_INCOMPATIBLE) & 4) != 0;
    if (get64(head, AT_BELOW_OFFSET) == 0 && !data_file) {
        return true;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "%s: is only a part of a disk, the rest is in another file; make it whole: "
                "qemu-img convert -f qcow2 -O qcow2",
                path);
    return false;
}

bool layer_check_chain(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *layer = g_strdup(path);

    for (unsigned i = 0; i < CHAIN_MAX && is_qcow2(layer); i++) {
        g_autofree char *below = layer_below(layer, error);
        if (!below) {
            return false;
        }
        g_free(layer);
        layer = g_path_is_absolute(below) ? g_strdup(below) : g_build_filename(folder, below, NULL);
        if (strchr(below, '/')) {
            return layer_check_image(layer, error);
        }
    }
    if (is_qcow2(layer)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s lies over itself", path);
        return false;
    }
    return true;
}
