"""A model's linear layers, where nearly all of its time goes, laid out once for the processor at hand.

oneDNN, which torch brings for x86, multiplies weights in its own layout 2-3 times as fast as torch does unasked.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

# The shape that oneDNN lays weights out for; others only run a little slower.
USUAL_TOKENS = 256


def has_one_dnn() -> bool:
    """Tell whether this torch brings oneDNN, as all builds for x86 do."""
    return bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]


def multiplies_bf16() -> bool:
    """Tell whether this processor multiplies bf16 itself (AVX512-BF16 or AMX) and torch makes use of it."""
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return has_one_dnn() and bool(native)


class PackedLinear(nn.Module):
    """A linear layer of fp32 or bf16 numbers.

    Products of bf16 are summed in fp32. Where the processor cannot, the same bf16 numbers are multiplied in fp32: equal
    but for the order of the sum, and as slow as fp32.
    """

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.outside = layer.weight.dtype
        self.inside = self.outside if multiplies_bf16() else torch.float32
        self.bias = None if layer.bias is None else layer.bias.detach().to(self.inside)
        weight = layer.weight.detach().to(self.inside)
        self.packs = has_one_dnn()
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight, USUAL_TOKENS) if self.packs else weight

    def forward(self, inputs: Tensor) -> Tensor:
        """Return inputs (..., width) times the weights, plus the bias, in the type of the inputs."""
        inputs = inputs.to(self.inside)
        output: Tensor
        if self.packs:
            output = torch.ops.mkldnn._linear_pointwise(inputs, self.weight, self.bias, "none", [], "")
        else:
            output = nn.functional.linear(inputs, self.weight, self.bias)
        return output.to(self.outside)


def convert(model: nn.Module, *, bf16: bool) -> None:
    """Put a loaded model into bf16 or fp32, every linear layer packed."""
    model.to(torch.bfloat16 if bf16 else torch.float32)
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear:
                setattr(parent, name, PackedLinear(child))
