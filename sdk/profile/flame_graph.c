/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The flame graph: a box for each function, as wide as the share of samples in which it is, above
 * that of its caller. */
#include <string.h>

#include "samples.h"

enum {
    WIDTH = 1200,
    ROW = 18,
    TOP = 44,
    EDGE = 10,
    LETTER = 7, /* pixels */
};

/* A function in a place of the tree. */
struct node {
    const char *name;
    guint count;      /* samples in it, or in what it called */
    GPtrArray *inner; /* of struct node */
};

static struct node *node_new(const char *name)
{
    struct node *node = g_new0(struct node, 1);

    node->name = name;
    node->inner = g_ptr_array_new();
    return node;
}

static void node_free(struct node *node)
{
    for (guint i = 0; i < node->inner->len; i++) {
        node_free(node->inner->pdata[i]);
    }
    g_ptr_array_unref(node->inner);
    g_free(node);
}

static struct node *inner_of(struct node *node, const char *name)
{
    for (guint i = 0; i < node->inner->len; i++) {
        struct node *inner = node->inner->pdata[i];
        if (strcmp(inner->name, name) == 0) {
            return inner;
        }
    }
    g_ptr_array_add(node->inner, node_new(name));
    return node->inner->pdata[node->inner->len - 1];
}

static struct node *tree_of(const struct samples *samples)
{
    struct node *root = node_new("all");

    for (guint i = 0; i < samples->sample->len; i++) {
        const struct sample *sample = &g_array_index(samples->sample, struct sample, i);
        struct node *node = inner_of(root, sample->thread);

        root->count++;
        node->count++;
        for (guint f = 0; f < sample->function->len; f++) {
            node = inner_of(node, sample->function->pdata[f]);
            node->count++;
        }
    }
    return root;
}

static guint depth_of(const struct node *node)
{
    guint deepest = 0;

    for (guint i = 0; i < node->inner->len; i++) {
        deepest = MAX(deepest, depth_of(node->inner->pdata[i]));
    }
    return deepest + 1;
}

/* The same name has the same colour, from yellow to red; a thread is grey. */
static void add_colour(GString *svg, const struct node *node, guint depth)
{
    guint hash = g_str_hash(node->name);

    if (depth < 2) {
        g_string_append(svg, "#d0d0d0");
    } else {
        g_string_append_printf(svg, "#%02x%02x%02x", 215 + hash % 40, 90 + hash / 40 % 130,
                               40 + hash / 5200 % 40);
    }
}

/* As many letters as fit. */
static char *label_of(const struct node *node, double width)
{
    glong letters = (glong)(width - 6) / LETTER;
    glong length = g_utf8_strlen(node->name, -1);

    if (letters < 3) {
        return g_strdup("");
    }
    g_autofree char *cut = g_utf8_substring(node->name, 0, length > letters ? letters - 2 : length);
    g_autofree char *shown = length > letters ? g_strconcat(cut, "..", NULL) : g_strdup(cut);
    return g_markup_escape_text(shown, -1);
}

struct drawing {
    GString *svg;
    guint all, rows;
};

static void draw(const struct drawing *drawing, const struct node *node, double x, guint depth)
{
    double unit = (double)(WIDTH - 2 * EDGE) / drawing->all;
    double width = unit * node->count;
    guint y = TOP + (drawing->rows - 1 - depth) * ROW;

    if (width < 0.3) {
        return;
    }
    g_autofree char *name = g_markup_escape_text(node->name, -1);
    g_autofree char *label = label_of(node, width);
    g_string_append_printf(drawing->svg,
                           "<g><title>%s: %.1f %%, %u samples</title>"
                           "<rect x=\"%.1f\" y=\"%u\" width=\"%.1f\" height=\"%d\" fill=\"",
                           name, 100.0 * node->count / drawing->all, node->count, x, y, width,
                           ROW - 1);
    add_colour(drawing->svg, node, depth);
    g_string_append_printf(drawing->svg, "\"/><text x=\"%.1f\" y=\"%u\">%s</text></g>\n", x + 3,
                           y + 13, label);
    for (guint i = 0; i < node->inner->len; i++) {
        const struct node *inner = node->inner->pdata[i];
        draw(drawing, inner, x, depth + 1);
        x += unit * inner->count;
    }
}

char *samples_flame_graph(const struct samples *samples, const char *title)
{
    struct node *root = tree_of(samples);
    struct drawing drawing = {g_string_new(NULL), MAX(1, root->count), depth_of(root)};
    guint height = TOP + drawing.rows * ROW + EDGE;
    g_autofree char *escaped = g_markup_escape_text(title, -1);

    g_string_append_printf(drawing.svg,
                           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\" "
                           "viewBox=\"0 0 %d %u\" font-family=\"monospace\" font-size=\"11\">\n"
                           "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
                           "<style>rect:hover{stroke:#000000}</style>\n"
                           "<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>\n",
                           WIDTH, height, WIDTH, height, EDGE, escaped);
    draw(&drawing, root, EDGE, 0);
    g_string_append(drawing.svg, "</svg>\n");
    node_free(root);
    return g_string_free(drawing.svg, FALSE);
}
