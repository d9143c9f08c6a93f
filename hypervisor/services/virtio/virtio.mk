# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Unit tests of the virtio devices: all of it on the host, against a fake guest and platform.

VIRTIO_TEST_SRC := $(wildcard hypervisor/services/virtio/*.c) tests/unit/virtio_fake.c
VIRTIO_TESTS := virtqueue virtio_transport virtio_driver virtio_block virtio_gpu virtio_input virtio_console virtio_small \
	virtio_sound virtio_vsock virtio_gpu_blob virtio_resume \
	virtio_hostile virtio_offload

define virtio_test
UNIT += $1
$1_SRC := $(VIRTIO_TEST_SRC)
$1_CFLAGS := $(SB_INCLUDES)
endef
$(foreach test,$(VIRTIO_TESTS),$(eval $(call virtio_test,$(test))))
