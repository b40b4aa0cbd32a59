package dev.tapeline.market.option;

/**
 * The normal distribution, to about two units in the last place. Its functions are rational ones
 * whose coefficients {@code tools/option/fit.py} fits.
 */
final class Normal {

  static final double SQRT_TWO_PI = 2.5066282746310007;
  static final double SQRT_HALF = 0.7071067811865476;

  private static final double SQRT_PI = 1.772453850905516;

  private static final Rational ERFCX_NEAR =
      Rational.above(
              1.0,
              1.4119360243039942,
              1.0071235045516451,
              0.42884095665080413,
              0.11339373212756329,
              0.017516750537718832,
              0.0012386884556286908)
          .below(
              1.0,
              2.540315191399525,
              2.873562244382176,
              1.883246315247037,
              0.7758065560651713,
              0.20206308896522648,
              0.031049054208055957,
              0.0021954675920884477);
  private static final Rational ERFCX_FAR =
      Rational.above(
              1.0000122319919742,
              1.8277820150201347,
              1.6237226284279402,
              0.8766620004239603,
              0.3040144192818631,
              0.06506767497896146,
              0.00737595079040352)
          .below(
              1.0,
              2.9562481302865855,
              3.959186464019098,
              3.140836348363052,
              1.6115095131625072,
              0.545388203421775,
              0.11532945385708658,
              0.013073532343187946);
  private static final Rational ERFCX_ASYMPTOTE =
      Rational.above(
              1.0, 16.42699887027599, 75.80544671483597, 99.80190432372262, 18.11327308668692)
          .below(1.0, 16.92699887027599, 83.51894614997641, 130.7411282442822, 46.020251088050294);
  private static final Rational SLOPE_NEAR =
      Rational.above(
              1.0,
              0.6986629298821664,
              0.2795583139690589,
              0.06784007482542342,
              0.010593593847822907,
              0.0009780488560251145,
              4.2183241545027705e-05,
              -2.843841962354266e-09,
              5.141967388745699e-11)
          .below(
              1.0,
              1.9519770671976648,
              1.7259987680036104,
              0.9057387332124774,
              0.3096568785866282,
              0.07095123247585808,
              0.010702534482931271,
              0.000979401632430992,
              4.2106361756304904e-05);
  private static final Rational SLOPE_FAR =
      Rational.above(
              0.9996898982846718,
              1.1222147587171618,
              0.6303217277511365,
              0.2200264140427485,
              0.051453785895193505,
              0.007516731238759895,
              0.000677280926038353)
          .below(
              1.0,
              2.374050307258558,
              2.609274557719207,
              1.7372725086045646,
              0.780615127048014,
              0.2425767776774187,
              0.05348562398935158,
              0.007516731318740346,
              0.0006772809254011914);
  private static final Rational QUANTILE_CENTRAL =
      Rational.above(
              2.506628274631002,
              -32.21572779401796,
              158.3401934389527,
              -368.7807273305892,
              404.7572313559302,
              -174.23359171373107,
              14.352490651411179)
          .below(
              1.0,
              -13.899413462133076,
              75.42112189657007,
              -200.3444439200567,
              265.7004266990814,
              -156.74978566236095,
              27.82389930702299);
  private static final Rational QUANTILE_TAIL =
      Rational.above(
              -2.2728433183676784,
              64.94450417867957,
              179.16086663413054,
              -109.47685200580086,
              -196.12396172341684,
              -44.87346030654987,
              -1.881869670516405)
          .below(
              1.0,
              -19.582252741593177,
              -133.49941187792265,
              -142.35023268181712,
              -31.739061549156418,
              -1.3307346062448249,
              2.495066780783025e-06);
  private static final Rational QUANTILE_DEEP =
      Rational.above(
              -2.834416746273285,
              -5.475373331475708,
              4.185524188687779,
              6.371960569193671,
              1.6139595434715093,
              0.1122212496891499,
              0.0018491215963492645)
          .below(
              1.0,
              4.856506819236831,
              4.687726585867066,
              1.145362795291924,
              0.07935769115300234,
              0.0013075065483078216,
              5.465353437091641e-11);

  private Normal() {}

  static double density(double z) {
    return StrictMath.exp(-z * z / 2) / SQRT_TWO_PI;
  }

  /** The share that is below z, without loss where it is small. */
  static double cumulative(double z) {
    double tail = StrictMath.exp(-z * z / 2) * erfcx(Math.abs(z) * SQRT_HALF) / 2;
    return z < 0 ? tail : 1 - tail;
  }

  /** The scaled complement of the error function, e^(z^2) erfc(z), of z not below 0. */
  static double erfcx(double z) {
    if (z < 2) {
      return ERFCX_NEAR.at(z);
    }
    return z < 8 ? ERFCX_FAR.at(z) : ERFCX_ASYMPTOTE.at(1 / (z * z)) / (z * SQRT_PI);
  }

  /**
   * The derivative of {@code cumulative(h) / density(h)} at h, for h from -13 to 0; also 1 + h
   * times that quotient, in which all digits would cancel.
   */
  static double slope(double h) {
    return h > -4 ? SLOPE_NEAR.at(-h) : SLOPE_FAR.at(-h);
  }

  /** The number below which this share is, to twelve digits; of shares in 0 to 1. */
  static double quantile(double share) {
    double fromMiddle = share - 0.5;
    if (Math.abs(fromMiddle) <= 0.4) {
      return fromMiddle * QUANTILE_CENTRAL.at(fromMiddle * fromMiddle);
    }
    double root = Math.sqrt(-StrictMath.log(share < 0.5 ? share : 1 - share));
    double z = root < 5 ? QUANTILE_TAIL.at(root) : QUANTILE_DEEP.at(root);
    return share < 0.5 ? -z : z;
  }
}
