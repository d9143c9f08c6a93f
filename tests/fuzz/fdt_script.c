/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "fdt_script.h"

#include <libfdt.h>
#include <string.h>

static uint32_t raw(const uint8_t *data, size_t size, void *tree)
{
    size = size < FDT_SCRIPT_MAX ? size : FDT_SCRIPT_MAX;
    if (size < sizeof(struct fdt_header)) {
        return 0;
    }
    memcpy(tree, data, size);
    fdt_set_magic(tree, FDT_MAGIC);
    fdt_set_totalsize(tree, (uint32_t)size);
    fdt_set_version(tree, 17);
    fdt_set_last_comp_version(tree, 16);
    return (uint32_t)size;
}

/* Up to 15 bytes of the script as a value, or a word as a string. */
static size_t property(void *tree, const uint8_t *data, size_t left, const char *name,
                       const char *word)
{
    size_t len = data[0] & 15;

    if (data[0] & 16) {
        fdt_property_string(tree, name, word);
        return 1;
    }
    len = len < left - 1 ? len : left - 1;
    fdt_property(tree, name, data + 1, (int)len);
    return 1 + len;
}

static uint32_t built(const uint8_t *data, size_t size, const char *const *words, void *tree)
{
    unsigned count = 0, depth = 1;

    while (words[count]) {
        count++;
    }
    fdt_create(tree, FDT_SCRIPT_MAX);
    fdt_finish_reservemap(tree);
    fdt_begin_node(tree, "");
    while (size >= 3) {
        const char *word = words[data[1] % count];
        const uint8_t what = data[0] % 4;
        size_t used = 2;

        if (what == 0 && depth < 8 && fdt_begin_node(tree, word) == 0) {
            depth++;
        } else if (what == 1 && depth > 1 && fdt_end_node(tree) == 0) {
            depth--;
        } else {
            used += property(tree, data + 2, size - 2, word, words[data[0] / 4 % count]);
        }
        data += used;
        size -= used;
    }
    while (depth--) {
        fdt_end_node(tree);
    }
    return fdt_finish(tree) == 0 ? fdt_totalsize(tree) : 0;
}

uint32_t fdt_script(const uint8_t *data, size_t size, const char *const *words, void *tree)
{
    if (!size) {
        return 0;
    }
    return data[0] & 1 ? built(data + 1, size - 1, words, tree) : raw(data + 1, size - 1, tree);
}
