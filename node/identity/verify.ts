/**
 * Verifies one signature over one request (RFC 9421), by `http-message-sig`; the tests hold it to the vectors the RFC and the Web
 * Bot Auth draft publish. Only Ed25519: one algorithm, bound to the key's type, leaves nothing to choose for an attacker.
 */
import { isSignatureError, type SignatureComponent, type Verifier, verifySignature } from "http-message-sig";
import { ProblemError } from "../api/problems.js";

/** The parts of a request a signature can cover. */
export type Signed = { method: string; url: string; headers: Headers };

/** What a signature has to keep to. */
export type Demands = {
  label: string;
  /** The names of every component the signature covers, so that no other field is looked at. */
  covered: readonly string[];
  /** What it has to cover. */
  components: readonly SignatureComponent[];
  /** Which parameters it has to have. */
  parameters: readonly string[];
  /** Seconds since 1970. */
  now: number;
  /** Seconds clocks may differ. */
  skew: number;
  /** Seconds after `created` for which it counts at most. */
  maxAge?: number;
};

/** What is wrong, in the library's words but our style. */
function refusal(error: unknown): unknown {
  if (!isSignatureError(error)) return error;
  if (error.code === "ResolverFailed") return error.cause;
  const words = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  const kind = ["MalformedField", "MissingField", "LabelMismatch", "DuplicateLabel"].includes(error.code)
    ? "signature-malformed"
    : "signature-refused";
  const changed = "it does not match what arrived: a signed part was changed on the way, or another key signed it";
  return new ProblemError(kind, error.code === "VerificationFailed" ? changed : words);
}

/**
 * Verifies a signature.
 *
 * @param keyOf asked for the key only once the signature keeps to everything else
 * @throws ProblemError `signature-malformed` or `signature-refused`, or whatever `keyOf` throws
 */
export async function verify({ method, url, headers }: Signed, demands: Demands, keyOf: () => Promise<Verifier>): Promise<void> {
  const { label, covered, components, parameters, now, skew, maxAge } = demands;
  const looked = new Set([...covered, "signature", "signature-input"]);
  const fields = [...headers].filter(([name]) => looked.has(name)).map(([name, value]) => ({ name, value }));
  const policy = {
    algorithms: ["ed25519"],
    requiredComponents: components,
    requiredParameters: parameters,
    clockSkew: skew,
    now,
    ...(maxAge === undefined ? {} : { maxAge }),
  };
  try {
    await verifySignature({ kind: "request", method, targetUri: url, fields }, { label, policy, resolveVerifier: keyOf });
  } catch (error) {
    throw refusal(error);
  }
}
