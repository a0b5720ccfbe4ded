"""Writes the q8 files of a model folder, as the published ones were made: 8-bit weights, activations quantised as they come."""

import argparse
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic


def quantise(path: Path) -> Path:
    """Writes NAME_quantized.onnx beside NAME.onnx, with the settings of transformers.js' scripts/convert.py."""
    operators = {node.op_type for node in onnx.load(path, load_external_data=False).graph.node}
    target = path.with_name(f"{path.stem}_quantized.onnx")
    quantize_dynamic(
        path,
        target,
        # onnxruntime has no ConvInteger for signed weights.
        weight_type=QuantType.QUInt8 if "Conv" in operators else QuantType.QInt8,
        extra_options={"EnableSubgraph": True},
    )
    return target


def main() -> None:
    """Quantises both encoders of the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name in ("vision_model", "text_model"):
        written = quantise(parser.parse_args().folder / "onnx" / f"{name}.onnx")
        print(f"{written}: {written.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
